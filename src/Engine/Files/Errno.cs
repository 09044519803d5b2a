using System.Runtime.InteropServices;
using PgCdc.Files;

namespace PgCdc.Engine.Files;

/// <summary>Error numbers of Linux, and what they mean to callers of <see cref="IFileSystem"/>.</summary>
internal static class Errno
{
    internal const int Interrupted = 4;
    internal const int TryAgain = 11;
    internal const int AccessDenied = 13;
    internal const int NoEntry = 2;
    internal const int BrokenPipe = 32;

    internal static FileSystemException LastError(string operation, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new FileSystemException(Classify(errno), operation, path, Marshal.GetPInvokeErrorMessage(errno));
    }

    private static FileError Classify(int errno) => errno switch
    {
        28 or 122 => FileError.DiskFull, // ENOSPC, EDQUOT
        NoEntry => FileError.NotFound,
        1 or 13 or 30 => FileError.AccessDenied, // EPERM, EACCES, EROFS
        21 => FileError.IsDirectory, // EISDIR
        20 => FileError.NotDirectory, // ENOTDIR
        29 => FileError.NotSeekable, // ESPIPE
        BrokenPipe => FileError.BrokenPipe,
        _ => FileError.Other,
    };
}
