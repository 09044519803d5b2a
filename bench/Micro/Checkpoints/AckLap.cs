using PgCdc.Engine.Checkpoints;
using PgCdc.Events;

namespace PgCdc.Micro.Checkpoints;

/// <summary>What the ack tracker does for one full batch and two adapters; measured by the benchmark and by the budget's test.</summary>
internal sealed class AckLap
{
    public const int Events = EventBatchBuilder.MaxEvents;
    private const long Incarnation = 1;

    private readonly AckTracker _tracker = new(adapters: 2);
    private readonly Position _position = new("0/16B3748");
    private long _end;

    public AckLap()
    {
        _tracker.Incarnated(0, Incarnation);
        _tracker.Incarnated(1, Incarnation);
    }

    /// <summary>Below this sequence everything is acked.</summary>
    public long LowWatermark => _tracker.LowWatermark;

    public void Run()
    {
        _end += Events;
        _tracker.Mark(_end, new PositionMark(Events, _position, (ulong)_end));
        _tracker.Dispatched(0, _end, needsAck: true);
        _tracker.Dispatched(1, _end, needsAck: true);
        _tracker.Acked(0, Incarnation, _end);
        _tracker.Acked(1, Incarnation, _end);
    }
}
