using PgCdc.Connectors.Detectors.Wal.Decoding;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Assembly;

/// <summary>
/// Turns decoded messages into batches: gives rows their ordinal and identity, skips what the run was given before, drops our own tables, sets
/// position marks. A marker is made only for a transaction with an event, so that writes of our own tables cause none. Not thread safe.
/// </summary>
/// <param name="settings">What events are made with.</param>
/// <param name="emit">Takes a full batch; may block.</param>
internal sealed class BatchAssembler(AssemblySettings settings, Action<EventBatch> emit)
{
    private const int NotInBatch = -1;
    private readonly EventBatchBuilder _builder = new(AssemblySettings.Source, settings.Lineage);
    private Lsn _mark = settings.Delivered.Mark;
    private OpenTransaction? _open;
    private int _transactionIndex = NotInBatch;
    private long _batch;

    /// <summary>Whether something waits to be given out.</summary>
    public bool HasPending => !_builder.IsEmpty;

    /// <summary>Whether the rest of a transaction is yet to come.</summary>
    public bool IsInTransaction => _open is not null;

    public void Begin(Lsn walStart, in BeginMessage message)
    {
        if (_open is not null)
            throw WalProtocol.Broken('B', walStart, "another transaction is still open");

        _open = new OpenTransaction(walStart, message, settings);
    }

    public void Row(Lsn walStart, in RowMessage row)
    {
        var open = _open ?? throw WalProtocol.Broken(LetterOf(row.Operation), walStart, "no transaction is open");
        var ordinal = open.NextOrdinal();
        if (row.Relation.IsOwn)
            return;

        if (!open.IsVisible)
            FirstVisible(open);

        if (!open.WasDelivered(ordinal))
            Add(open, ordinal, walStart, row);
    }

    public void Commit(Lsn walStart, in CommitMessage message)
    {
        if (_open is not { } open || open.Begin.CommitLsn != message.CommitLsn)
            throw WalProtocol.Broken('C', walStart, "it does not end the open transaction");

        if (settings.Markers && open.IsVisible && !open.WasDelivered(int.MaxValue))
            AddCommitMarker(open, walStart);

        if (message.EndLsn > _mark)
            End(open);

        _open = null;
        _transactionIndex = NotInBatch;
        Mark(message.EndLsn);
    }

    /// <summary>Takes note of how far the server has read its log: nothing below it remains to be sent, unless a transaction is open.</summary>
    public void KeepAlive(Lsn walEnd)
    {
        if (_open is null)
            Mark(walEnd);
    }

    /// <summary>Gives out what was collected.</summary>
    public void Flush()
    {
        if (_builder.IsEmpty)
            return;

        _batch++;
        _transactionIndex = NotInBatch;
        emit(_builder.Build());
    }

    /// <summary>Throws away what was collected, as after a lost connection.</summary>
    public void Clear() => _builder.Clear();

    private void Mark(Lsn position)
    {
        if (position <= _mark)
            return;

        _mark = position;
        _builder.Mark(position.Position, position.Value);
    }

    private void FirstVisible(OpenTransaction open)
    {
        open.MakeVisible();
        if (settings.Markers && !open.WasDelivered(0))
            AddBeginMarker(open);
    }

    private void Add(OpenTransaction open, int ordinal, Lsn walStart, in RowMessage row)
    {
        MakeRoom(row.Length);
        PlaceInBatch(row.Relation);
        var transaction = PlaceInBatch(open);
        var oldOffset = _builder.Append(row.OldTuple);
        var offset = _builder.Append(row.NewTuple);
        _builder.Add(new EventHeader
        {
            Id = EventId.Of(open.Key, ordinal, kind: 0, open.UnixMs),
            CreatedAtTicks = open.Begin.CommitTimeTicks,
            Lsn = walStart.Value,
            Channel = row.Relation.ChannelIndex,
            Schema = row.Relation.SchemaIndex,
            Transaction = transaction,
            Ordinal = ordinal,
            Offset = offset,
            Length = row.NewTuple.Length,
            OldOffset = oldOffset,
            OldLength = row.OldTuple.Length,
            Operation = row.Operation,
            Content = EventContent.Tuples,
            Old = row.Old,
        });
    }

    private void AddBeginMarker(OpenTransaction open)
    {
        Span<byte> space = stackalloc byte[Marker.MaxLength];
        var payload = Marker.WriteBegin(space, open.Begin.Xid, open.Begin.CommitTimeTicks);
        AddMarker(open, Operation.Begin, Marker.BeginKind, open.BeginLsn, payload);
    }

    private void AddCommitMarker(OpenTransaction open, Lsn walStart)
    {
        Span<byte> space = stackalloc byte[Marker.MaxLength];
        var payload = Marker.WriteCommit(space, open.Begin.Xid, open.Begin.CommitTimeTicks, open.Ordinal);
        AddMarker(open, Operation.Commit, Marker.CommitKind, walStart, payload);
    }

    private void AddMarker(OpenTransaction open, Operation operation, int kind, Lsn walStart, ReadOnlySpan<byte> payload)
    {
        MakeRoom(payload.Length);
        var transaction = PlaceInBatch(open);
        _builder.Add(new EventHeader
        {
            Id = EventId.Of(open.Key, ordinal: 0, kind, open.UnixMs),
            CreatedAtTicks = open.Begin.CommitTimeTicks,
            Lsn = walStart.Value,
            Channel = _builder.Channel(ChannelName.Transactions),
            Schema = -1,
            Transaction = transaction,
            Offset = _builder.Append(payload),
            Length = payload.Length,
            Operation = operation,
            Content = EventContent.Json,
        });
    }

    private void MakeRoom(int bytes)
    {
        if (_builder.IsFull || (_builder.Count > 0 && _builder.Bytes + (long)bytes > EventBatchBuilder.MaxBytes))
            Flush();
    }

    private void PlaceInBatch(Relation relation)
    {
        if (relation.Batch == _batch)
            return;

        relation.Batch = _batch;
        relation.SchemaIndex = _builder.Schema(relation.Schema);
        relation.ChannelIndex = _builder.Channel(relation.Schema.Channel);
    }

    private int PlaceInBatch(OpenTransaction open)
    {
        if (_transactionIndex != NotInBatch)
            return _transactionIndex;

        _transactionIndex = _builder.BeginTransaction(new TransactionInfo
        {
            Xid = open.Begin.Xid,
            CommitLsn = open.Begin.CommitLsn.Value,
            CommitTimeTicks = open.Begin.CommitTimeTicks,
            First = 0,
            Count = 0,
            Begins = !open.HasBegun,
            Ends = false,
            Published = settings.PublishTransactions,
        });
        open.HasBegun = true;
        return _transactionIndex;
    }

    /// <summary>Closes the transaction in this batch, also when all its events went out with earlier ones.</summary>
    private void End(OpenTransaction open)
    {
        if (!open.IsVisible)
            return;

        PlaceInBatch(open);
        _builder.EndTransaction();
    }

    private static char LetterOf(Operation operation) => operation switch
    {
        Operation.Insert => 'I',
        Operation.Update => 'U',
        Operation.Delete => 'D',
        _ => 'T',
    };
}
