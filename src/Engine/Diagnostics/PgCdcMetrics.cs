using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>The only meter of the system: one method per fact. Thread safe.</summary>
public sealed class PgCdcMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PgCdc";

    private readonly Meter _meter = new(MeterName);

    public void Dispose() => _meter.Dispose();
}
