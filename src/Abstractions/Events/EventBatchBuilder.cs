using System.Buffers;

namespace PgCdc.Events;

/// <summary>Collects events and gives them out as immutable batches. Not thread safe; used by one detector.</summary>
/// <param name="source">Name of the producer.</param>
/// <param name="lineage">History of the source, <see cref="EventBatch.Lineage"/>.</param>
public sealed class EventBatchBuilder(string source, string lineage = "")
{
    /// <summary>A batch is full at this many events.</summary>
    public const int MaxEvents = 1024;

    /// <summary>A batch is full at this many bytes; a larger event makes a batch of its own.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly List<ChannelName> _channels = [];
    private readonly List<RelationSchema> _schemas = [];
    private readonly List<TransactionInfo> _transactions = [];
    private byte[] _buffer = [];
    private EventHeader[] _headers = [];
    private PositionMark? _mark;

    /// <summary>Events collected so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes collected so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Whether neither an event nor a mark was collected.</summary>
    public bool IsEmpty => Count == 0 && _mark is null;

    /// <summary>Whether the batch should be given out before another event.</summary>
    public bool IsFull => Count >= MaxEvents || Bytes >= MaxBytes;

    /// <summary>Index for <see cref="EventHeader.Channel"/>.</summary>
    public int Channel(ChannelName channel)
    {
        var known = _channels.LastIndexOf(channel);
        if (known >= 0)
            return known;

        _channels.Add(channel);
        return _channels.Count - 1;
    }

    /// <summary>Index for <see cref="EventHeader.Schema"/>; the schema's channel gets an index too.</summary>
    public int Schema(RelationSchema schema)
    {
        for (var known = _schemas.Count - 1; known >= 0; known--)
        {
            if (ReferenceEquals(_schemas[known], schema))
                return known;
        }

        _schemas.Add(schema);
        return _schemas.Count - 1;
    }

    /// <summary>Begins, or continues from an earlier batch, a transaction; later events may point to the index given back.</summary>
    public int BeginTransaction(TransactionInfo transaction)
    {
        _transactions.Add(transaction with { First = Count, Count = 0, Ends = false });
        return _transactions.Count - 1;
    }

    /// <summary>Closes the last transaction: it ends in this batch.</summary>
    public void EndTransaction() =>
        _transactions[^1] = _transactions[^1] with { Count = Count - _transactions[^1].First, Ends = true };

    /// <summary>Copies bytes into the buffer.</summary>
    /// <returns>Their offset.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        EnsureBuffer(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Bytes));
        Bytes += bytes.Length;
        return Bytes - bytes.Length;
    }

    /// <summary>Adds an event whose bytes were appended before.</summary>
    public void Add(in EventHeader header)
    {
        EnsureHeaders();
        _headers[Count++] = header;
    }

    /// <summary>Sets the mark behind the events collected so far; an earlier mark of the batch gives way.</summary>
    public void Mark(Position position, ulong logBytes) => _mark = new PositionMark(Count, position, logBytes);

    /// <summary>Gives out what was collected and starts anew. An open transaction must be begun again by the caller.</summary>
    public EventBatch Build()
    {
        if (_transactions.Count > 0 && !_transactions[^1].Ends)
            _transactions[^1] = _transactions[^1] with { Count = Count - _transactions[^1].First };

        var storage = new BatchStorage(_buffer, Bytes, _headers, Count)
        {
            Channels = [.. _channels],
            Schemas = [.. _schemas],
            Transactions = [.. _transactions],
        };
        var batch = new EventBatch(source, lineage, storage, _mark);
        Forget();
        return batch;
    }

    /// <summary>Throws away what was collected, as after a lost connection.</summary>
    public void Clear()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<EventHeader>.Shared.Return(_headers);
        Forget();
    }

    private void Forget()
    {
        _buffer = [];
        _headers = [];
        _channels.Clear();
        _schemas.Clear();
        _transactions.Clear();
        _mark = null;
        Count = 0;
        Bytes = 0;
    }

    private void EnsureBuffer(int more)
    {
        var needed = checked(Bytes + more);
        if (needed <= _buffer.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(_buffer.Length * 2, 4096)));
        _buffer.AsSpan(0, Bytes).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void EnsureHeaders()
    {
        if (Count < _headers.Length)
            return;

        var larger = ArrayPool<EventHeader>.Shared.Rent(Math.Max(Count * 2, 16));
        _headers.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<EventHeader>.Shared.Return(_headers);
        _headers = larger;
    }
}
