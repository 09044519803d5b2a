using Orleans.Concurrency;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Interfaces;

/// <summary>One adapter of a pipeline, keyed by <see cref="GrainKeys.Adapter"/>: fences epochs, delivers in order, reports acks.</summary>
[Alias("pgcdc.adapter")]
public interface IAdapterGrain : IGrainWithStringKey
{
    /// <summary>Persists a new incarnation for the epoch and opens the adapter. A former incarnation is ended first, without draining.</summary>
    [Alias("open")]
    Task<DeliveryReply> OpenAsync([Immutable] AdapterOpening opening);

    /// <summary>Takes a batch; returns on acceptance. Idempotent by (epoch, incarnation, sequence).</summary>
    [Alias("deliver")]
    Task<DeliveryReply> DeliverAsync([Immutable] BatchDelivery delivery);

    /// <summary>How far the adapter is, and whether it still is the incarnation the caller knows.</summary>
    // Interleaves: reads one snapshot and awaits nothing.
    [AlwaysInterleave, ReadOnly, Alias("probe")]
    Task<DeliveryReply> ProbeAsync(long epoch, long incarnation);

    /// <summary>Finishes accepted work within a time and closes the adapter; a caller with an older epoch changes nothing.</summary>
    [Alias("close")]
    Task CloseAsync(long epoch, TimeSpan drain);
}
