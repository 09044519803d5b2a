using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>Settings of one incarnation of an adapter.</summary>
public sealed record AdapterRunOptions
{
    public required string Pipeline { get; init; }

    public required string Adapter { get; init; }

    public required long Epoch { get; init; }

    public required long Incarnation { get; init; }

    /// <summary>Sequence that the first batch starts behind.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Whether a delivery counts only when it is durable (reliable mode).</summary>
    public required bool SyncBeforeAck { get; init; }

    /// <summary>Events up to here were acked by an earlier incarnation or run and are not delivered again.</summary>
    public SourcePlace CoveredThrough { get; init; }

    /// <summary>Acks wait this long for company, unless a batch's worth came together.</summary>
    public TimeSpan AckInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan RetryBase { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryCap { get; init; } = TimeSpan.FromSeconds(32);
}
