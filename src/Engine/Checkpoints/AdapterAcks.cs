namespace PgCdc.Engine.Checkpoints;

/// <summary>What one adapter was given and has acked.</summary>
internal sealed class AdapterAcks
{
    private readonly Queue<(long Start, long End)> _unacked = new();
    private long _acked;
    private long _dispatched;

    public long Incarnation { get; set; }

    /// <summary>A range that held nothing for the adapter counts as acked once everything before it is.</summary>
    public long LowWatermark => _unacked.TryPeek(out var first) ? Math.Max(first.Start, _acked) : _dispatched;

    public void Dispatched(long end, bool needsAck)
    {
        if (end < _dispatched)
            throw new ArgumentOutOfRangeException(nameof(end), end, $"Dispatch goes forward; {_dispatched} was reached already.");

        if (needsAck && end > _dispatched)
            _unacked.Enqueue((_dispatched, end));
        _dispatched = end;
    }

    public void Acked(long below)
    {
        if (below > _dispatched)
            throw new ArgumentOutOfRangeException(nameof(below), below, $"Acked beyond the {_dispatched} dispatched.");

        _acked = Math.Max(_acked, below);
        while (_unacked.TryPeek(out var first) && first.End <= _acked)
            _unacked.Dequeue();
    }
}
