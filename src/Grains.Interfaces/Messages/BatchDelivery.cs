using PgCdc.Events;

namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>A batch for an adapter. The caller keeps a lease of the batch until it is acked.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.delivery")]
public sealed record BatchDelivery
{
    /// <summary>The events; carries epoch and sequence.</summary>
    [Id(0)]
    public required EventBatch Batch { get; init; }

    /// <summary>Where the adapter's previous batch ended; sequences up to this batch held nothing for it.</summary>
    [Id(1)]
    public required long From { get; init; }

    /// <summary>The incarnation the caller knows.</summary>
    [Id(2)]
    public required long Incarnation { get; init; }
}
