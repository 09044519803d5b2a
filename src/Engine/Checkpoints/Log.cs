using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Checkpoints;

internal static partial class Log
{
    [LoggerMessage(EventIds.Checkpoints, LogLevel.Warning, "The checkpoint of pipeline {Pipeline} could not be stored, trying again in {DelayMs} ms; nothing is confirmed to the source until then: {Reason}")]
    public static partial void CheckpointNotStored(ILogger log, string pipeline, string reason, long delayMs);
}
