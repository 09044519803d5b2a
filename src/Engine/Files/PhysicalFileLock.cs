using Microsoft.Win32.SafeHandles;
using PgCdc.Files;

namespace PgCdc.Engine.Files;

/// <summary>A flock; the kernel releases it with the handle. The file stays, because deleting it would let two processes hold "the" lock.</summary>
internal sealed class PhysicalFileLock(SafeFileHandle handle, string path) : IFileLock
{
    public string Path => path;

    public void Dispose() => handle.Dispose();
}
