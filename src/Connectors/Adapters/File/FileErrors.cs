using PgCdc.Errors;
using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>What a failed file operation means for the delivery.</summary>
internal static class FileErrors
{
    public static DeliveryException Classify(FileSystemException error) => error.Error switch
    {
        FileError.DiskFull => Retry(ErrorCode.DiskFull, error, "free some space, then the delivery goes on by itself"),
        FileError.IsDirectory => Halt(error, "give file.path the name of a file"),
        FileError.NotFound => Halt(error, "create the directory or change file.path"),
        FileError.NotDirectory => Halt(error, "change file.path, a part of it is a file"),
        FileError.NotSeekable => Halt(error, "file.path must be a regular file; for a pipe use the stdout adapter"),
        FileError.AccessDenied => Halt(error, "give this user the right to write the file and its directory, or change file.path"),
        _ => Retry(ErrorCode.DeliveryFailed, error, "see to the disk"),
    };

    public static DeliveryException SyncFailed(FileSystemException error) =>
        new(error.IsDiskFull ? ErrorCode.DiskFull : ErrorCode.DeliveryFailed, Disposition.Retry,
            $"{error.Message}; the lines since the last sync were taken back and are delivered again.", error);

    public static DeliveryException InUse(string path) =>
        new(ErrorCode.DeliveryFailed, Disposition.Retry, $"File '{path}' is written by another process; stop that one or change file.path.");

    public static DeliveryException Foreign(string path) =>
        new(ErrorCode.DeliveryFailed, Disposition.Halt, $"File '{path}' does not hold JSON lines, so nothing is appended to it; change file.path.");

    private static DeliveryException Retry(ErrorCode code, FileSystemException error, string advice) =>
        new(code, Disposition.Retry, $"{error.Message}; {advice}.", error);

    private static DeliveryException Halt(FileSystemException error, string advice) =>
        new(ErrorCode.DeliveryFailed, Disposition.Halt, $"{error.Message}; {advice}.", error);
}
