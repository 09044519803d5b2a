using PgCdc.Delivery;

namespace PgCdc.TestKit.Pipeline;

/// <summary>Writes into a <see cref="MemorySink"/>; writes are durable after a sync.</summary>
public sealed class SyncedMemoryAdapter(MemorySink sink) : MemoryAdapter(sink), ISyncAdapter
{
    /// <summary>Runs before a sync; may fail or take its time.</summary>
    public Func<CancellationToken, Task>? Syncing { get; set; }

    public int Syncs { get; private set; }

    public async ValueTask SyncAsync(CancellationToken cancellationToken)
    {
        if (Syncing is { } syncing)
            await syncing(cancellationToken);

        await AliveAsync(cancellationToken);
        Sink.Sync();
        Syncs++;
    }

    protected override void Written()
    {
        // Durable only after a sync.
    }
}
