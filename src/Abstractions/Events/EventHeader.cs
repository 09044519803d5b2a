namespace PgCdc.Events;

/// <summary>Fixed-size part of a change event; offsets point into the buffer of its batch.</summary>
public readonly record struct EventHeader
{
    /// <summary>Identity: a UUID in version 7 form whose bits follow from the place in the source (<see cref="EventId"/>).</summary>
    public required UInt128 Id { get; init; }

    /// <summary>Time of the change in .NET ticks (100 ns), UTC.</summary>
    public required long CreatedAtTicks { get; init; }

    /// <summary>Place in the source's log, for people and metrics; 0 when the source has none. Not an order: see <see cref="SortKey"/>.</summary>
    public ulong Lsn { get; init; }

    /// <summary>Index of the channel in <see cref="EventBatch.Channels"/>.</summary>
    public required int Channel { get; init; }

    /// <summary>Index of the schema in <see cref="EventBatch.Schemas"/>, or -1.</summary>
    public required int Schema { get; init; }

    /// <summary>Index of the transaction in <see cref="EventBatch.Transactions"/>, or -1.</summary>
    public required int Transaction { get; init; }

    /// <summary>Number of the row change within its transaction as the server sent them, from 1; 0 for synthetic events.</summary>
    public int Ordinal { get; init; }

    /// <summary>Start of the new tuple, or of the JSON payload.</summary>
    public int Offset { get; init; }

    /// <summary>Length in bytes of the new tuple or JSON payload; 0 means absent.</summary>
    public int Length { get; init; }

    /// <summary>Start of the old tuple.</summary>
    public int OldOffset { get; init; }

    /// <summary>Length in bytes of the old tuple; 0 means absent.</summary>
    public int OldLength { get; init; }

    /// <summary>What happened.</summary>
    public required Operation Operation { get; init; }

    /// <summary>How the bytes are read.</summary>
    public EventContent Content { get; init; }

    /// <summary>What the old tuple holds.</summary>
    public OldTuple Old { get; init; }
}
