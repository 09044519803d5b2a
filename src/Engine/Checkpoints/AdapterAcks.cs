namespace PgCdc.Engine.Checkpoints;

/// <summary>What one adapter was given and has acked.</summary>
internal sealed class AdapterAcks
{
    private long _acked;
    private long _lastNeedingAck;
    private long _dispatched;

    public long Incarnation { get; set; }

    /// <summary>A trailing range that held nothing for the adapter counts as acked once everything before it is.</summary>
    public long LowWatermark => _acked >= _lastNeedingAck ? _dispatched : _acked;

    public void Dispatched(long end, bool needsAck)
    {
        if (end < _dispatched)
            throw new ArgumentOutOfRangeException(nameof(end), end, $"Dispatch goes forward; {_dispatched} was reached already.");

        _dispatched = end;
        if (needsAck)
            _lastNeedingAck = end;
    }

    public void Acked(long below)
    {
        if (below > _dispatched)
            throw new ArgumentOutOfRangeException(nameof(below), below, $"Acked beyond the {_dispatched} dispatched.");

        _acked = Math.Max(_acked, below);
    }
}
