using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Pipeline;

internal static partial class Log
{
    [LoggerMessage(EventIds.Pipeline, LogLevel.Warning, "Adapter {Adapter} of pipeline {Pipeline} did not answer, calling again: {Reason}")]
    public static partial void AdapterUnreachable(ILogger log, string pipeline, string adapter, string reason);

    [LoggerMessage(EventIds.Pipeline + 1, LogLevel.Warning, "Lost the source of pipeline {Pipeline} ({Detector}), connecting again in {DelayMs} ms: {Reason}")]
    public static partial void SourceLost(ILogger log, string pipeline, string detector, string reason, long delayMs);

    [LoggerMessage(EventIds.Pipeline + 2, LogLevel.Warning, "Pipeline {Pipeline} stops with {Events} events unacked; they are read again after the next start")]
    public static partial void NotDrained(ILogger log, string pipeline, long events);

    [LoggerMessage(EventIds.Pipeline + 3, LogLevel.Warning, "The last checkpoint of pipeline {Pipeline} was not stored or confirmed; events since the one before are read again: {Reason}")]
    public static partial void LastCheckpointNotStored(ILogger log, string pipeline, string reason);

    [LoggerMessage(EventIds.Pipeline + 4, LogLevel.Warning, "Adapter {Adapter} of pipeline {Pipeline} was not closed in order: {Reason}")]
    public static partial void AdapterNotClosed(ILogger log, string pipeline, string adapter, string reason);
}
