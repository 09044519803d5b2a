namespace PgCdc.Events;

/// <summary>One captured change: a cheap view over its batch, valid as long as the batch is leased.</summary>
public readonly struct ChangeEvent
{
    private readonly EventBatch _batch;
    private readonly int _stored;

    internal ChangeEvent(EventBatch batch, int stored)
    {
        _batch = batch;
        _stored = stored;
    }

    /// <summary>The fixed-size part.</summary>
    public ref readonly EventHeader Header => ref _batch.Headers[_stored];

    /// <summary>Identity, UUID version 7 form.</summary>
    public UInt128 Id => Header.Id;

    /// <summary>What happened.</summary>
    public Operation Operation => Header.Operation;

    /// <summary>Logical stream of the event.</summary>
    public ChannelName Channel => _batch.Channels[Header.Channel];

    /// <summary>Layout of the table, or null.</summary>
    public RelationSchema? Schema => Header.Schema >= 0 ? _batch.Schemas[Header.Schema] : null;

    /// <summary>The transaction, or null.</summary>
    public TransactionInfo? Transaction => Header.Transaction >= 0 ? _batch.Transactions[Header.Transaction] : null;

    /// <summary>Number of the event in its run.</summary>
    public long Sequence => _batch.FirstSequence + _stored;

    /// <summary>Place in the source's total order; (0,0) when the source has none.</summary>
    public SortKey SortKey => Transaction is { } transaction
        ? new SortKey(transaction.CommitLsn, Operation is Operation.Commit ? int.MaxValue : Header.Ordinal)
        : default;

    /// <summary>Time of the change.</summary>
    public DateTimeOffset CreatedAt => new(Header.CreatedAtTicks, TimeSpan.Zero);

    /// <summary>New tuple or JSON payload; empty when absent.</summary>
    public ReadOnlySpan<byte> Content => _batch.Buffer.Slice(Header.Offset, Header.Length);

    /// <summary>Old tuple; empty when absent.</summary>
    public ReadOnlySpan<byte> OldContent => _batch.Buffer.Slice(Header.OldOffset, Header.OldLength);
}
