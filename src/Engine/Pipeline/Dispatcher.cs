using PgCdc.Engine.Checkpoints;
using PgCdc.Events;

namespace PgCdc.Engine.Pipeline;

/// <summary>Numbers batches, applies routes and gives them to the feeds. Used by one reader at a time.</summary>
internal sealed class Dispatcher(PipelineRunOptions options, AckTracker tracker, IReadOnlyList<AdapterFeed> feeds, RunServices services, Action acked)
{
    private RouteTable _routes = options.Routes;
    private long _next;

    /// <summary>Sequence of the next event.</summary>
    public long NextSequence => Volatile.Read(ref _next);

    /// <summary>Swaps the routes for batches dispatched from now on.</summary>
    public void Use(RouteTable routes) => Volatile.Write(ref _routes, routes);

    public async Task DispatchAsync(EventBatch read, CancellationToken cancellationToken)
    {
        var routes = Volatile.Read(ref _routes);
        var batch = read.Numbered(options.Epoch, _next, routes.Version);
        try
        {
            services.Metrics.EventsReceived(batch.Count);
            var confirmable = batch.Mark is { } mark && tracker.Mark(batch.FirstSequence + mark.EventsBefore, mark);
            for (var index = 0; index < feeds.Count; index++)
                confirmable |= await OfferAsync(index, routes.Select(feeds[index].Name, batch), batch.EndSequence, cancellationToken);

            Volatile.Write(ref _next, batch.EndSequence);
            if (confirmable)
                acked();
        }
        finally
        {
            batch.Release();
        }
    }

    private async ValueTask<bool> OfferAsync(int index, EventBatch? batch, long end, CancellationToken cancellationToken)
    {
        if (batch is null)
            return tracker.Dispatched(index, end, needsAck: false);

        var feed = feeds[index];
        if (feed.TryOffer(batch))
            return false;

        if (options.Mode is BusMode.Fast)
        {
            services.Metrics.EventsDropped(feed.Name, batch.Count);
            return tracker.Dispatched(index, end, needsAck: false);
        }

        services.Metrics.BusWaited(feed.Name);
        while (!feed.TryOffer(batch))
        {
            await feed.WaitForCreditAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return false;
    }
}
