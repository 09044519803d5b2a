using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Silo.Metrics;

/// <summary>
/// Keeps what is measured from its creation on, and writes it for Prometheus. A measurement costs one search among the label combinations
/// of its instrument, which are few, and an interlocked addition.
/// </summary>
public sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();

    public MetricsCollector(PgCdcMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static found => new MetricFamily(found)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        _listener.Start();
        metrics.ReportZeros();
    }

    /// <summary>Media type of <see cref="Write"/>.</summary>
    public static string ContentType => PrometheusText.ContentType;

    /// <summary>Everything measured so far, and the figures of the process.</summary>
    public string Write()
    {
        var text = new PrometheusText();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.Write(text);
        }

        ProcessMetrics.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
