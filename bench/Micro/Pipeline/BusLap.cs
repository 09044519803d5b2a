using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Engine.Checkpoints;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;

namespace PgCdc.Micro.Pipeline;

/// <summary>
/// One batch on its way through the bus to two adapters and the acks back, without grain calls; measured by the benchmark and by the budget's
/// test.
/// </summary>
internal sealed class BusLap : IDisposable
{
    private const long Incarnation = 1;
    private static readonly PipelineRunOptions s_options = new()
    {
        Pipeline = "orders",
        Epoch = 1,
        Detector = "wal",
        Mode = BusMode.Reliable,
        Routes = new RouteTable(1, new Dictionary<string, IReadOnlyList<string>>()),
    };

    private readonly PgCdcMetrics _metrics = new();
    private readonly EventBatch _batch;
    private readonly AckTracker _tracker = new(adapters: 2);
    private readonly AdapterFeed[] _feeds;
    private readonly Dispatcher _dispatcher;

    /// <param name="batch">The batch that goes round; released with the lap.</param>
    public BusLap(EventBatch batch)
    {
        _batch = batch;
        var services = new RunServices(TimeProvider.System, new Random(1), _metrics, NullLoggerFactory.Instance);
        _feeds = [new AdapterFeed(0, "file", s_options, _tracker), new AdapterFeed(1, "stdout", s_options, _tracker)];
        foreach (var feed in _feeds)
            feed.ResendFrom(Incarnation);

        _dispatcher = new Dispatcher(s_options, _tracker, _feeds, services, static () => { });
    }

    /// <summary>Below this sequence everything is acked.</summary>
    public long LowWatermark => _tracker.LowWatermark;

    public void Run()
    {
        // The dispatcher ends the lease that comes with a batch it was given.
        _batch.TryRetain();
        var dispatched = _dispatcher.DispatchAsync(_batch, CancellationToken.None);
        if (!dispatched.IsCompletedSuccessfully)
            throw new InvalidOperationException("The bus waits although there is credit.");

        foreach (var feed in _feeds)
        {
            var entry = feed.TakeNext() ?? throw new InvalidOperationException("Nothing was dispatched.");
            feed.Acked(Incarnation, entry.Batch.EndSequence);
        }
    }

    public void Dispose()
    {
        _batch.Release();
        _metrics.Dispose();
    }
}
