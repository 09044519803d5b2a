namespace PgCdc.Silo.Metrics;

/// <summary>A histogram with fixed bounds. The number of observations is the sum of the buckets, so that both always agree.</summary>
internal sealed class HistogramSeries(KeyValuePair<string, object?>[] tags, string labels, double[] bounds) : MetricSeries(tags, labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        AddToSum(value);
    }

    public override void Write(PrometheusText text, string name) =>
        text.Histogram(name, Labels, bounds, [.. _counts], Volatile.Read(ref _sum));

    private void AddToSum(double value)
    {
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }
}
