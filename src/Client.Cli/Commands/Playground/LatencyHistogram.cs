using System.Numerics;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Times in buckets that grow with the time: a quantile is right to about 6 %, whatever their number. Thread safe.</summary>
internal sealed class LatencyHistogram
{
    private const int BucketsPerDoubling = 16;
    private const int Doublings = 40;
    private readonly long[] _counts = new long[Doublings * BucketsPerDoubling];
    private readonly Lock _lock = new();

    public void Add(TimeSpan time, int count)
    {
        lock (_lock)
            _counts[BucketOf(time)] += count;
    }

    /// <summary>The quantiles of what was added since the last call.</summary>
    public (TimeSpan P50, TimeSpan P99) Take()
    {
        lock (_lock)
        {
            var result = (Quantile(0.50), Quantile(0.99));
            Array.Clear(_counts);
            return result;
        }
    }

    private TimeSpan Quantile(double share)
    {
        var rank = (long)Math.Ceiling(_counts.Sum() * share);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length && rank > 0; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
                return TimeOf(bucket);
        }
        return TimeSpan.Zero;
    }

    /// <summary>The exponent of the microseconds and the four bits behind their first.</summary>
    private static int BucketOf(TimeSpan time)
    {
        var microseconds = (ulong)Math.Max(BucketsPerDoubling, time.TotalMicroseconds);
        var exponent = BitOperations.Log2(microseconds);
        var fraction = (int)(microseconds >> (exponent - 4)) & (BucketsPerDoubling - 1);
        return Math.Min(((exponent - 4) * BucketsPerDoubling) + fraction, (Doublings * BucketsPerDoubling) - 1);
    }

    private static TimeSpan TimeOf(int bucket)
    {
        var exponent = (bucket / BucketsPerDoubling) + 4;
        var fraction = bucket % BucketsPerDoubling;
        return TimeSpan.FromMicroseconds((double)((ulong)(BucketsPerDoubling + fraction) << (exponent - 4)));
    }
}
