using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Connectors.Adapters.File;

internal static partial class Log
{
    [LoggerMessage(EventIds.FileAdapter, LogLevel.Warning, "Cut {Bytes} bytes of an unfinished write from the end of '{Path}'")]
    public static partial void TornLineCut(this ILogger log, long bytes, string path);

    [LoggerMessage(EventIds.FileAdapter + 1, LogLevel.Warning, "'{Path}' could not be rotated, trying again before the next line is written: {Reason}")]
    public static partial void RotationFailed(this ILogger log, string path, string reason);

    [LoggerMessage(EventIds.FileAdapter + 2, LogLevel.Error, "'{Path}' could not be synced; the {Bytes} bytes since the last sync are taken back: {Reason}")]
    public static partial void UnsyncedLinesTakenBack(this ILogger log, long bytes, string path, string reason);
}
