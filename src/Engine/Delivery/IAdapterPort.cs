using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>A run's way to one adapter, wherever it lives. Calls return on acceptance, never when a sink is done.</summary>
public interface IAdapterPort
{
    string Name { get; }

    /// <summary>Opens the adapter for an epoch: a new incarnation that expects any first batch.</summary>
    /// <param name="firstSequence">Sequence that the first batch will start at.</param>
    Task<DeliveryReceipt> OpenAsync(long epoch, long firstSequence, CancellationToken cancellationToken);

    /// <summary>Hands over a batch. Idempotent by (epoch, incarnation, sequence).</summary>
    /// <param name="from">Where the last batch for this adapter ended; sequences up to the batch held nothing for it.</param>
    Task<DeliveryReceipt> DeliverAsync(EventBatch batch, long from, long incarnation, CancellationToken cancellationToken);

    /// <summary>Asks how far the adapter is, and whether it still is the same incarnation.</summary>
    Task<DeliveryReceipt> ProbeAsync(long epoch, long incarnation, CancellationToken cancellationToken);

    /// <summary>Closes the adapter after its accepted work or at the deadline.</summary>
    Task CloseAsync(long epoch, CancellationToken cancellationToken);
}
