namespace PgCdc.Files;

/// <summary>The causes of a <see cref="FileSystemException"/> that callers tell apart.</summary>
public enum FileError
{
    /// <summary>Anything not listed here, such as a failing device.</summary>
    Other,

    /// <summary>No space or no quota is left.</summary>
    DiskFull,

    /// <summary>A file or a directory of the path does not exist.</summary>
    NotFound,

    /// <summary>The permissions or a read-only file system do not allow it.</summary>
    AccessDenied,

    /// <summary>The path is a directory where a file is needed.</summary>
    IsDirectory,

    /// <summary>A part of the path is a file where a directory is needed.</summary>
    NotDirectory,

    /// <summary>The path is a pipe, a socket or a device, which has no positions to write at.</summary>
    NotSeekable,
}
