using PgCdc.Files;

namespace PgCdc.TestKit.Files;

internal sealed class ForgetfulLock(ForgetfulFileSystem files, string path) : IFileLock
{
    public string Path => path;

    public void Dispose() => files.Unlock(this);
}
