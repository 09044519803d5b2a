using PgCdc.Events;

namespace PgCdc.TestKit.Events;

/// <summary>Writes batches change by change, as a detector would.</summary>
public sealed class ChangeScript(string source = "wal_replication")
{
    private readonly EventBatchBuilder _builder = new(source);
    private UInt128 _transactionKey = EventId.TransactionKey(7_000_000_000_000_000_001, 16_384, 0, 0);
    private long _createdAtTicks = new DateTime(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc).Ticks;
    private ulong _lsn;
    private int _transaction = -1;
    private int _ordinal;

    public ChangeScript Begin(uint xid, ulong commitLsn, DateTime commitTime, bool published = false, bool begins = true)
    {
        _transactionKey = EventId.TransactionKey(7_000_000_000_000_000_001, 16_384, commitLsn, xid);
        _createdAtTicks = commitTime.Ticks;
        _lsn = commitLsn;
        _ordinal = 0;
        _transaction = _builder.BeginTransaction(new TransactionInfo
        {
            Xid = xid,
            CommitLsn = commitLsn,
            CommitTimeTicks = commitTime.Ticks,
            First = 0,
            Count = 0,
            Begins = begins,
            Ends = false,
            Published = published,
        });
        return this;
    }

    public ChangeScript Insert(RelationSchema schema, params TupleValue[] row) => Change(Operation.Insert, schema, TupleBytes.Of(row), [], OldTuple.None);

    public ChangeScript Update(RelationSchema schema, TupleValue[] row, OldTuple kind = OldTuple.None, TupleValue[]? old = null) =>
        Change(Operation.Update, schema, TupleBytes.Of(row), old is null ? [] : TupleBytes.Of(old), kind);

    public ChangeScript Delete(RelationSchema schema, OldTuple kind, TupleValue[]? old = null) =>
        Change(Operation.Delete, schema, [], old is null ? [] : TupleBytes.Of(old), kind);

    public ChangeScript Truncate(RelationSchema schema) => Change(Operation.Truncate, schema, [], [], OldTuple.None);

    public ChangeScript Change(Operation operation, RelationSchema schema, byte[] row, byte[] old, OldTuple kind)
    {
        var channel = _builder.Channel(schema.Channel);
        Add(operation, channel, _builder.Schema(schema), EventContent.Tuples, row, old, kind, ++_ordinal);
        return this;
    }

    public ChangeScript Json(Operation operation, ChannelName channel, ReadOnlySpan<byte> payload)
    {
        Add(operation, _builder.Channel(channel), -1, EventContent.Json, payload, [], OldTuple.None, 0);
        return this;
    }

    public ChangeScript Commit()
    {
        _builder.EndTransaction();
        _transaction = -1;
        return this;
    }

    public ChangeScript Mark(string position, ulong logBytes)
    {
        _builder.Mark(new Position(position), logBytes);
        return this;
    }

    /// <summary>Gives out what was written so far; the caller holds the only lease.</summary>
    public EventBatch Build()
    {
        _transaction = -1;
        return _builder.Build();
    }

    private void Add(
        Operation operation, int channel, int schema, EventContent content, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> old, OldTuple kind, int ordinal)
    {
        var offset = _builder.Append(bytes);
        var oldOffset = _builder.Append(old);
        _builder.Add(new EventHeader
        {
            Id = EventId.Of(_transactionKey, ordinal, (int)operation, (_createdAtTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond),
            CreatedAtTicks = _createdAtTicks,
            Lsn = _lsn,
            Channel = channel,
            Schema = schema,
            Transaction = _transaction,
            Ordinal = ordinal,
            Offset = offset,
            Length = bytes.Length,
            OldOffset = oldOffset,
            OldLength = old.Length,
            Operation = operation,
            Content = content,
            Old = kind,
        });
    }
}
