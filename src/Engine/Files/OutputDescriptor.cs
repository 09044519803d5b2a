using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PgCdc.Files;

namespace PgCdc.Engine.Files;

/// <summary>
/// Writes to a descriptor that others gave us, such as standard output. Unlike the framework's console stream it reports a reader that
/// went away instead of swallowing what is written.
/// </summary>
/// <param name="handle">Stays the caller's.</param>
/// <param name="name">For error texts.</param>
public sealed class OutputDescriptor(SafeFileHandle handle, string name)
{
    /// <summary>The process's standard output.</summary>
    public static OutputDescriptor StandardOutput() => new(new SafeFileHandle(1, ownsHandle: false), "stdout");

    /// <summary>Writes everything; blocks for as long as the reader does not read.</summary>
    /// <exception cref="FileSystemException">Nobody reads any more (<see cref="FileError.BrokenPipe"/>), or the write failed otherwise.</exception>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = Libc.Write(handle, start + done, (nuint)(bytes.Length - done));
                if (count >= 0)
                    done += (int)count;
                else
                    WaitOrThrow();
            }
        }
    }

    private void WaitOrThrow()
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.TryAgain)
            Libc.WaitWritable(handle);
        else if (errno != Errno.Interrupted)
            throw Errno.LastError("write", name);
    }
}
