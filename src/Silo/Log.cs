using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Silo;

internal static partial class Log
{
    [LoggerMessage(EventIds.Silo, LogLevel.Information, "Pipeline {Pipeline} captures changes")]
    public static partial void PipelineRuns(ILogger log, string pipeline);

    [LoggerMessage(EventIds.Silo + 3, LogLevel.Information, "Metrics are served at {Address}")]
    public static partial void MetricsServed(ILogger log, Uri address);

    [LoggerMessage(EventIds.Silo + 1, LogLevel.Information, "Configuration reloaded")]
    public static partial void Reloaded(ILogger log);

    [LoggerMessage(EventIds.Silo + 2, LogLevel.Error, "Configuration not reloaded, what runs is kept: {Reason}")]
    public static partial void NotReloaded(ILogger log, string reason);
}
