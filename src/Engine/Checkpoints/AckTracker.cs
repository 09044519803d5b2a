using PgCdc.Events;

namespace PgCdc.Engine.Checkpoints;

/// <summary>
/// Knows below which sequence every adapter has acked every event, and which position mark follows from it. Acks are cumulative and may come
/// late, twice or in any order between adapters; an ack of an adapter's former incarnation counts for nothing. Thread safe.
/// </summary>
/// <param name="adapters">Number of adapters; they are known by their index.</param>
public sealed class AckTracker(int adapters)
{
    private readonly Lock _gate = new();
    private readonly AdapterAcks[] _adapters = [.. Enumerable.Range(0, adapters).Select(_ => new AdapterAcks())];
    private readonly Queue<(long Sequence, PositionMark Mark)> _marks = new();
    private PositionMark? _confirmable;
    private ulong _newestLogBytes;
    private long _lowWatermark;

    /// <summary>Below this sequence every adapter has acked everything.</summary>
    public long LowWatermark
    {
        get
        {
            lock (_gate)
                return _lowWatermark;
        }
    }

    /// <summary>The last mark whose earlier events are all acked, with the low watermark of the same moment.</summary>
    public (PositionMark? Mark, long LowWatermark) Confirmable
    {
        get
        {
            lock (_gate)
                return (_confirmable, _lowWatermark);
        }
    }

    /// <summary>Place of the newest mark, confirmable or not, in bytes of the source's log.</summary>
    public ulong NewestLogBytes => Volatile.Read(ref _newestLogBytes);

    /// <summary>Adds a mark before which lie all sequences below <paramref name="sequence"/>. Marks come in order, before their events are dispatched.</summary>
    /// <returns>Whether the mark is confirmable at once.</returns>
    public bool Mark(long sequence, in PositionMark mark)
    {
        lock (_gate)
        {
            _marks.Enqueue((sequence, mark));
            _newestLogBytes = mark.LogBytes;
            return Advance();
        }
    }

    /// <summary>Sequences below <paramref name="end"/> were given to an adapter, or held nothing for it.</summary>
    /// <param name="adapter">Index of the adapter.</param>
    /// <param name="end">Sequence just behind the dispatched range.</param>
    /// <param name="needsAck">False when the range held nothing for the adapter (routes, counted drops).</param>
    /// <returns>Whether something became confirmable.</returns>
    public bool Dispatched(int adapter, long end, bool needsAck)
    {
        lock (_gate)
        {
            _adapters[adapter].Dispatched(end, needsAck);
            return Advance();
        }
    }

    /// <summary>From now on only acks of this incarnation count.</summary>
    public void Incarnated(int adapter, long incarnation)
    {
        lock (_gate)
            _adapters[adapter].Incarnation = incarnation;
    }

    /// <summary>An adapter has acked every sequence below <paramref name="below"/>.</summary>
    /// <returns>Whether something became confirmable.</returns>
    public bool Acked(int adapter, long incarnation, long below)
    {
        lock (_gate)
        {
            if (_adapters[adapter].Incarnation != incarnation)
                return false;

            _adapters[adapter].Acked(below);
            return Advance();
        }
    }

    /// <summary>Below which sequence one adapter has acked everything.</summary>
    public long AckedBelow(int adapter)
    {
        lock (_gate)
            return _adapters[adapter].LowWatermark;
    }

    private bool Advance()
    {
        var low = long.MaxValue;
        foreach (var adapter in _adapters)
            low = Math.Min(low, adapter.LowWatermark);

        _lowWatermark = Math.Max(_lowWatermark, low);
        var advanced = false;
        while (_marks.TryPeek(out var next) && next.Sequence <= _lowWatermark)
        {
            _confirmable = _marks.Dequeue().Mark;
            advanced = true;
        }

        return advanced;
    }
}
