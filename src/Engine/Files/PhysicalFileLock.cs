using PgCdc.Files;

namespace PgCdc.Engine.Files;

/// <summary>A flock; the kernel releases it with the handle. The file stays, because deleting it would let two processes hold "the" lock.</summary>
internal sealed class PhysicalFileLock(PhysicalFile file) : IFileLock
{
    public string Path => file.Path;

    public void Dispose() => file.Dispose();
}
