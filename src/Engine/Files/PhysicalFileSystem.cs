using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PgCdc.Files;

namespace PgCdc.Engine.Files;

/// <summary>The file system of the operating system (Linux).</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    public IDurableFile Open(string path, FileOpening opening, UnixFileMode mode = FileModes.OwnerOnly) =>
        new PhysicalFile(OpenHandle(path, Flags(opening), mode), path);

    public bool Exists(string path) => Path.Exists(path);

    public void CreateDirectory(string path, UnixFileMode mode)
    {
        if (Libc.MakeDirectory(path, (uint)mode) == 0)
            return;

        var error = Errno.LastError("create the directory", path); // taken before another call changes it
        if (!Directory.Exists(path))
            throw error;
    }

    public IReadOnlyList<string> List(string directory)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(directory).Select(entry => Path.GetFileName(entry)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            throw new FileSystemException(FileError.NotFound, "list", directory, "No such directory");
        }
        catch (UnauthorizedAccessException)
        {
            throw new FileSystemException(FileError.AccessDenied, "list", directory, "Permission denied");
        }
        catch (IOException error)
        {
            throw new FileSystemException(FileError.Other, "list", directory, error.Message);
        }
    }

    public void Rename(string source, string destination)
    {
        if (Libc.Rename(source, destination) != 0)
            throw Errno.LastError($"rename to '{destination}' the file", source);
    }

    public void Delete(string path)
    {
        if (Libc.Unlink(path) != 0 && Marshal.GetLastPInvokeError() != Errno.NoEntry)
            throw Errno.LastError("delete", path);
    }

    public void SyncDirectory(string directory)
    {
        using var handle = OpenHandle(directory, Libc.ReadOnly, default);
        if (Libc.Sync(handle) != 0)
            throw Errno.LastError("sync the directory", directory);
    }

    public IFileLock? TryLock(string path)
    {
        var file = new PhysicalFile(OpenHandle(path, Libc.ReadWrite | Libc.Create, FileModes.OwnerOnly), path);
        try
        {
            if (!file.TryFlock())
            {
                file.Dispose();
                return null;
            }

            WriteHolder(file);
            return new PhysicalFileLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public int? ReadLockHolder(string path)
    {
        using var file = Open(path, FileOpening.Read);
        Span<byte> text = stackalloc byte[16];
        ReadOnlySpan<byte> digits = text[..file.Read(0, text)];
        return int.TryParse(digits.TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : null;
    }

    /// <summary>The id only serves an error text, so a full disk must not keep the lock from being taken.</summary>
    private static void WriteHolder(PhysicalFile file)
    {
        try
        {
            file.Truncate(0);
            file.Write(0, System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        }
        catch (FileSystemException error) when (error.IsDiskFull)
        {
            file.Truncate(0);
        }
    }

    private static SafeFileHandle OpenHandle(string path, int flags, UnixFileMode mode)
    {
        var handle = Libc.Open(path, flags | Libc.CloseOnExec, (uint)mode);
        return handle.IsInvalid ? throw Errno.LastError("open", path) : handle;
    }

    private static int Flags(FileOpening opening) => opening switch
    {
        FileOpening.Read => Libc.ReadOnly,
        FileOpening.ReadWrite => Libc.ReadWrite,
        FileOpening.OpenOrCreate => Libc.ReadWrite | Libc.Create,
        FileOpening.Truncate => Libc.ReadWrite | Libc.Create | Libc.EmptyIt,
        _ => throw new ArgumentOutOfRangeException(nameof(opening), opening, null),
    };
}
