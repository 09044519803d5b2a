using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>The only meter of the system: one method per fact. Thread safe.</summary>
public sealed class PgCdcMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PgCdc";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _sourceGaps;

    /// <summary>Creates the instruments.</summary>
    public PgCdcMetrics() =>
        _sourceGaps = _meter.CreateCounter<long>("pgcdc.source.gaps", "{gap}", "Places where changes of the source may have been missed.");

    /// <summary>Changes of the source may have been missed.</summary>
    public void SourceGapFound() => _sourceGaps.Add(1);

    public void Dispose() => _meter.Dispose();
}
