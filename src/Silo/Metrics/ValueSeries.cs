namespace PgCdc.Silo.Metrics;

/// <summary>A counter or a gauge.</summary>
internal sealed class ValueSeries(KeyValuePair<string, object?>[] tags, string labels) : MetricSeries(tags, labels)
{
    private long _value;

    public void Add(long delta) => Interlocked.Add(ref _value, delta);

    public void Set(long value) => Volatile.Write(ref _value, value);

    public override void Write(PrometheusText text, string name) => text.Sample(name, Labels, Volatile.Read(ref _value));
}
