using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Grains;

internal static partial class Log
{
    [LoggerMessage(EventIds.Grains, LogLevel.Error, "Pipeline {Pipeline} failed in epoch {Epoch}: {Reason}")]
    public static partial void RunFailed(ILogger log, string pipeline, long epoch, string reason);

    [LoggerMessage(EventIds.Grains + 1, LogLevel.Warning, "The position that adapter {Adapter} of pipeline {Pipeline} has acked was not stored; it may deliver events again after a restart: {Reason}")]
    public static partial void AckedPositionNotStored(ILogger log, string pipeline, string adapter, string reason);

    [LoggerMessage(EventIds.Grains + 2, LogLevel.Warning, "Pipeline {Pipeline} could not be brought back after a silo left, trying again: {Reason}")]
    public static partial void NotBroughtBack(ILogger log, string pipeline, string reason);
}
