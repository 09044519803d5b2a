namespace PgCdc.Events;

/// <summary>Bounds of one source transaction within a batch. A long transaction appears in several batches.</summary>
public sealed record TransactionInfo
{
    /// <summary>Transaction id of the source (PostgreSQL xid).</summary>
    public required uint Xid { get; init; }

    /// <summary>Place of the commit record in the source's log: known from the first event on, and unique per transaction.</summary>
    public required ulong CommitLsn { get; init; }

    /// <summary>Commit time in .NET ticks, UTC; microsecond precision from PostgreSQL.</summary>
    public required long CommitTimeTicks { get; init; }

    /// <summary>Index in the batch of the transaction's first event there.</summary>
    public required int First { get; init; }

    /// <summary>Number of events of the transaction in the batch.</summary>
    public required int Count { get; init; }

    /// <summary>Whether the transaction begins in this batch.</summary>
    public required bool Begins { get; init; }

    /// <summary>Whether the transaction ends in this batch.</summary>
    public required bool Ends { get; init; }

    /// <summary>Whether event JSON carries the <c>transaction</c> member (<c>tx_metadata</c>).</summary>
    public bool Published { get; init; }
}
