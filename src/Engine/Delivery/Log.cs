using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Delivery;

internal static partial class Log
{
    [LoggerMessage(EventIds.Delivery, LogLevel.Warning, "Adapter {Adapter} of pipeline {Pipeline} could not deliver, trying again in {DelayMs} ms; events wait: {Reason}")]
    public static partial void DeliveryRetried(ILogger log, string pipeline, string adapter, string reason, long delayMs);

    [LoggerMessage(EventIds.Delivery + 1, LogLevel.Information, "Adapter {Adapter} of pipeline {Pipeline} delivers again")]
    public static partial void DeliveryRecovered(ILogger log, string pipeline, string adapter);

    [LoggerMessage(EventIds.Delivery + 2, LogLevel.Error, "Adapter {Adapter} of pipeline {Pipeline} stopped; its events stay unacked: {Reason}")]
    public static partial void AdapterStopped(ILogger log, string pipeline, string adapter, string reason);

    [LoggerMessage(EventIds.Delivery + 3, LogLevel.Warning, "A report of adapter {Adapter} of pipeline {Pipeline} did not arrive: {Reason}")]
    public static partial void ReportNotSent(ILogger log, string pipeline, string adapter, string reason);

    [LoggerMessage(EventIds.Delivery + 4, LogLevel.Warning, "Adapter {Adapter} of pipeline {Pipeline} could not be closed in order: {Reason}")]
    public static partial void AdapterNotDisposed(ILogger log, string pipeline, string adapter, string reason);
}
