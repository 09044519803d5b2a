using Microsoft.Extensions.Logging;

namespace PgCdc.Engine.State.Journaling;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "Cut {Bytes} bytes of an unfinished write from the end of journal '{Path}'")]
    public static partial void TornTailCut(this ILogger logger, long bytes, string path);

    [LoggerMessage(2002, LogLevel.Warning, "Journal '{Path}' could not be rewritten without its outdated entries; it grows until that succeeds")]
    public static partial void CompactionFailed(this ILogger logger, Exception error, string path);
}
