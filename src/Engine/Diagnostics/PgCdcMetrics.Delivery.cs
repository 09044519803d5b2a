using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>Facts of delivery.</summary>
public sealed partial class PgCdcMetrics
{
    private static readonly double[] LagBounds = [.001, .005, .01, .05, .1, .5, 1, 5, 10, 30];
    private static readonly double[] SizeBounds = [1, 10, 50, 100, 500, 1000, 5000, 10000];
    private static readonly double[] DurationBounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];
    private static readonly KeyValuePair<string, object?> Ok = new("status", "ok");
    private static readonly KeyValuePair<string, object?> Error = new("status", "error");

    private readonly Counter<long> _delivered;
    private readonly Histogram<double> _lag;
    private readonly Gauge<long> _queueDepth;
    private readonly Counter<long> _flushes;
    private readonly Histogram<double> _flushSize;
    private readonly Histogram<double> _flushDuration;
    private readonly Counter<long> _rotations;

    /// <summary>The adapter delivered change events.</summary>
    public void EventsDelivered(string adapter, long count) => _delivered.Add(count, Adapter(adapter));

    /// <summary>
    /// Time from commit to delivery, the same for <paramref name="count"/> change events: call it once per transaction in a batch, or once
    /// per batch. A histogram takes no weights, so each change event is recorded; that costs some 20 ns where metrics are collected and
    /// nothing where they are not, and <c>_count</c> stays the number of change events.
    /// </summary>
    public void DeliveryLag(string adapter, TimeSpan lag, int count)
    {
        if (!_lag.Enabled)
        {
            return;
        }

        var seconds = Math.Max(0, lag.TotalSeconds);
        for (var i = 0; i < count; i++)
        {
            _lag.Record(seconds, Adapter(adapter));
        }
    }

    /// <summary>Number of change events accepted for the adapter and not yet acked.</summary>
    public void QueueDepth(string adapter, long events) => _queueDepth.Record(events, Adapter(adapter));

    /// <summary>The adapter flushed a batch.</summary>
    public void BatchFlushed(string adapter, int events, TimeSpan elapsed) => Flushed(adapter, Ok, events, elapsed);

    /// <summary>The adapter failed to flush a batch.</summary>
    public void BatchFlushFailed(string adapter, int events, TimeSpan elapsed) => Flushed(adapter, Error, events, elapsed);

    /// <summary>The file adapter began a new file.</summary>
    public void FileRotated() => _rotations.Add(1);

    private void Flushed(string adapter, KeyValuePair<string, object?> status, int events, TimeSpan elapsed)
    {
        var label = Adapter(adapter);
        _flushes.Add(1, label, status);
        _flushSize.Record(events, label);
        _flushDuration.Record(elapsed.TotalSeconds, label);
    }
}
