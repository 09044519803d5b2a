namespace PgCdc.Files;

/// <summary>A file operation failed. Not thrown for wrong arguments.</summary>
public sealed class FileSystemException : IOException
{
    /// <summary>Creates the exception for a failed operation.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="operation">The operation, as a verb: <c>write</c>, <c>sync</c>.</param>
    /// <param name="path">The file or directory it was made on.</param>
    /// <param name="reason">The operating system's text for the error.</param>
    public FileSystemException(FileError error, string operation, string path, string reason)
        : base($"Cannot {operation} '{path}': {reason}")
    {
        Error = error;
        Path = path;
        Reason = reason;
    }

    /// <summary>What went wrong.</summary>
    public FileError Error { get; }

    /// <summary>The file or directory the operation was made on.</summary>
    public string Path { get; }

    /// <summary>The operating system's text for the error.</summary>
    public string Reason { get; }

    /// <summary>True when there was no space; the same call may succeed once there is.</summary>
    public bool IsDiskFull => Error == FileError.DiskFull;
}
