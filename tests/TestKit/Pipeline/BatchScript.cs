using PgCdc.Events;

namespace PgCdc.TestKit.Pipeline;

/// <summary>Makes a batch of logged changes.</summary>
internal sealed class BatchScript
{
    private readonly EventBatchBuilder _builder = new("memory", SourceLog.Lineage);
    private ulong _commit;
    private int _transaction;

    public int Count => _builder.Count;

    public void Add(LoggedEvent change, bool transactionEnds)
    {
        if (_commit != change.Key.CommitLsn)
            Begin(change);

        var time = new DateTime(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc).Ticks;
        _builder.Add(new EventHeader
        {
            Id = EventId.Of(EventId.TransactionKey(7, 5, _commit, (uint)_commit), change.Key.Ordinal, 0, 1_770_000_000_000),
            CreatedAtTicks = time,
            Lsn = change.Key.CommitLsn,
            Channel = _builder.Channel(change.Table.Channel),
            Schema = _builder.Schema(change.Table),
            Transaction = _transaction,
            Ordinal = change.Key.Ordinal,
            Offset = _builder.Append(change.Row),
            Length = change.Row.Length,
            Operation = Operation.Insert,
        });
        if (transactionEnds)
            End();
    }

    public void Mark(ulong position) => _builder.Mark(SourceLog.At(position), position);

    public EventBatch Build() => _builder.Build();

    private void Begin(LoggedEvent change)
    {
        _commit = change.Key.CommitLsn;
        _transaction = _builder.BeginTransaction(new TransactionInfo
        {
            Xid = (uint)_commit,
            CommitLsn = _commit,
            CommitTimeTicks = 0,
            First = 0,
            Count = 0,
            Begins = change.Key.Ordinal == 1,
            Ends = false,
        });
    }

    private void End()
    {
        _builder.EndTransaction();
        _commit = 0;
    }
}
