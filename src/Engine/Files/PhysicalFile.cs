using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PgCdc.Files;

namespace PgCdc.Engine.Files;

internal sealed class PhysicalFile(SafeFileHandle handle, string path) : IDurableFile
{
    public string Path => path;

    public long Length
    {
        get
        {
            var end = Libc.Seek(handle, 0, Libc.SeekEnd);
            return end >= 0 ? end : throw Errno.LastError("measure", path);
        }
    }

    public unsafe int Read(long offset, Span<byte> buffer)
    {
        var done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                var count = Libc.PRead(handle, start + done, (nuint)(buffer.Length - done), offset + done);
                if (count == 0)
                    break;
                done += Transferred(count, "read");
            }
        }

        return done;
    }

    public unsafe void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var done = 0;
        fixed (byte* start = bytes)
        {
            while (done < bytes.Length)
                done += Transferred(Libc.PWrite(handle, start + done, (nuint)(bytes.Length - done), offset + done), "write");
        }
    }

    public void Truncate(long length) => Check(Libc.Truncate(handle, length), "truncate");

    /// <summary>fdatasync: it writes the size too when the file has grown, and spares the journal entry for the times.</summary>
    public void Sync() => Check(Libc.SyncData(handle), "sync");

    /// <summary>
    /// A lock of the open file description, not a flock: readers on .NET take a shared flock when they open a file, and shall be able to follow
    /// a file that we write.
    /// </summary>
    public bool TryLock() => IsLocked(Libc.TryLockDescription(handle));

    /// <summary>A flock, which shell scripts can take too.</summary>
    internal bool TryFlock() => IsLocked(Libc.Lock(handle, Libc.LockExclusive | Libc.LockNonBlocking));

    public void Dispose() => handle.Dispose();

    private bool IsLocked(int result)
    {
        if (result == 0)
            return true;
        return Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.AccessDenied ? false : throw Errno.LastError("lock", path);
    }

    private int Transferred(nint count, string operation)
    {
        if (count >= 0)
            return (int)count;
        if (Marshal.GetLastPInvokeError() == Errno.Interrupted)
            return 0;
        throw Errno.LastError(operation, path);
    }

    private void Check(int result, string operation)
    {
        if (result != 0)
            throw Errno.LastError(operation, path);
    }
}
