using System.Diagnostics.Metrics;

namespace PgCdc.Silo.Metrics;

/// <summary>What was measured with one instrument.</summary>
internal sealed class MetricFamily
{
    private readonly Instrument _instrument;
    private readonly double[]? _bounds;
    private readonly Lock _growing = new();
    private volatile MetricSeries[] _series = [];

    public MetricFamily(Instrument instrument)
    {
        _instrument = instrument;
        Name = PrometheusName.Of(instrument);
        _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray();
    }

    public string Name { get; }

    private bool IsCounter => _instrument is Counter<long>;

    public void Measure(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = (ValueSeries)Series(tags);
        if (IsCounter)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((HistogramSeries)Series(tags)).Observe(value);

    public void Write(PrometheusText text)
    {
        var series = _series;
        if (series.Length == 0)
        {
            return;
        }

        text.Family(Name, IsCounter ? "counter" : _bounds is null ? "gauge" : "histogram", _instrument.Description ?? "");
        foreach (var one in series)
        {
            one.Write(text, Name);
        }
    }

    private MetricSeries Series(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(_series, tags) ?? Grow(tags);

    private static MetricSeries? Find(MetricSeries[] series, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var one in series)
        {
            if (one.Matches(tags))
            {
                return one;
            }
        }

        return null;
    }

    private MetricSeries Grow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_growing)
        {
            if (Find(_series, tags) is { } found)
            {
                return found;
            }

            var created = Create(tags.ToArray());
            _series = [.. _series, created];
            return created;
        }
    }

    private MetricSeries Create(KeyValuePair<string, object?>[] tags)
    {
        var labels = PrometheusText.Labels([.. _instrument.Meter.Tags ?? [], .. tags]);
        return _bounds is null ? new ValueSeries(tags, labels) : new HistogramSeries(tags, labels, _bounds);
    }
}
