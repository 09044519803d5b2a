using PgCdc.Delivery;
using PgCdc.Events;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>The playground's own adapter at the end of the pipeline: counts what arrives and how long after its commit.</summary>
internal sealed class DeliveryObserver(ChangeCounts delivered, LatencyHistogram latency, TimeProvider time) : IBatchAdapter
{
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask FlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var i = 0; i < batch.Count; i++)
        {
            var change = batch[i];
            delivered.Add(change.Schema?.Table ?? change.Channel.ToString(), OperationText.Of(change.Operation), 1);
            latency.Add(now - change.CreatedAt, 1);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
