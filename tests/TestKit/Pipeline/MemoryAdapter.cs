using PgCdc.Delivery;
using PgCdc.Events;

namespace PgCdc.TestKit.Pipeline;

/// <summary>Writes into a <see cref="MemorySink"/>; every write is durable at once.</summary>
public class MemoryAdapter(MemorySink sink) : IBatchAdapter
{
    /// <summary>Runs when the adapter is opened; may fail.</summary>
    public Func<CancellationToken, Task>? Opening { get; set; }

    /// <summary>Runs before each event is written; may fail or take its time.</summary>
    public Func<CancellationToken, Task>? Writing { get; set; }

    /// <summary>Runs when the adapter is disposed; may fail.</summary>
    public Action? Disposing { get; set; }

    public int Flushes { get; private set; }

    /// <summary>Its process died: nothing it does comes to an end any more.</summary>
    public bool IsKilled { get; set; }

    /// <summary>Whether a write that has begun is finished whatever the caller asks.</summary>
    public bool IgnoresCancellation { get; set; }

    public bool IsDisposed { get; private set; }

    protected MemorySink Sink => sink;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (Opening is { } opening)
            await opening(cancellationToken);
    }

    public async ValueTask FlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Flushes++;
        for (var index = 0; index < batch.Count; index++)
        {
            if (Writing is { } writing)
                await writing(cancellationToken);

            await AliveAsync(cancellationToken);
            sink.Write(batch[index]);
            Written();
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        Disposing?.Invoke();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected virtual void Written() => sink.Sync();

    protected Task AliveAsync(CancellationToken cancellationToken)
    {
        if (!IgnoresCancellation)
            cancellationToken.ThrowIfCancellationRequested();

        return IsKilled ? new TaskCompletionSource().Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }
}
