using System.Globalization;
using PgCdc.Engine.Checkpoints;
using PgCdc.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Checkpoints;

/// <summary>A random history of dispatches, acks, deaths and marks, played to the tracker and to a model that keeps one flag per event.</summary>
internal sealed class AckHistory
{
    private readonly Random _random;
    private readonly AckTracker _tracker;
    private readonly ModelAdapter[] _adapters;
    private readonly List<(long Sequence, PositionMark Mark)> _marks = [];
    private long _end;

    public AckHistory(int seed)
    {
        _random = new Random(seed);
        _adapters = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => new ModelAdapter())];
        _tracker = new AckTracker(_adapters.Length);
    }

    public void Play(int steps)
    {
        for (; steps > 0; steps--)
        {
            Step();
            Compare();
        }
    }

    private void Step()
    {
        var index = _random.Next(_adapters.Length);
        switch (_random.Next(10))
        {
            case < 3:
                Dispatch();
                break;
            case 3:
                Mark(_end);
                break;
            case 4:
                _adapters[index].Incarnation++;
                _tracker.Incarnated(index, _adapters[index].Incarnation);
                break;
            default:
                Ack(index);
                break;
        }
    }

    private void Dispatch()
    {
        var count = _random.Next(1, 6);
        if (_random.Next(2) == 0)
            Mark(_end + _random.Next(count + 1));

        for (var index = 0; index < _adapters.Length; index++)
        {
            var needsAck = _random.Next(3) > 0;
            _adapters[index].Dispatch(count, needsAck);
            _tracker.Dispatched(index, _end + count, needsAck);
        }

        _end += count;
    }

    private void Mark(long sequence)
    {
        if (_marks.Count > 0 && _marks[^1].Sequence > sequence)
            return;

        var mark = new PositionMark(0, new Position(_marks.Count.ToString(CultureInfo.InvariantCulture)), 0);
        _marks.Add((sequence, mark));
        _tracker.Mark(sequence, mark);
    }

    /// <summary>Late, doubled and outdated acks included.</summary>
    private void Ack(int index)
    {
        var adapter = _adapters[index];
        var incarnation = adapter.Incarnation - (_random.Next(4) == 0 ? _random.Next(3) : 0);
        var below = _random.NextInt64(adapter.Dispatched + 1);
        if (incarnation == adapter.Incarnation)
            adapter.Ack(below);

        _tracker.Acked(index, incarnation, below);
    }

    private void Compare()
    {
        var low = _adapters.Min(adapter => adapter.Contiguous);
        PositionMark? expected = _marks.Exists(mark => mark.Sequence <= low) ? _marks.FindLast(mark => mark.Sequence <= low).Mark : null;

        Assert.Equal(low, _tracker.LowWatermark);
        Assert.Equal((expected, low), _tracker.Confirmable);
        for (var index = 0; index < _adapters.Length; index++)
            Assert.Equal(_adapters[index].Contiguous, _tracker.AckedBelow(index));
    }

    private sealed class ModelAdapter
    {
        private readonly List<bool> _done = [];

        public long Incarnation { get; set; }

        public long Dispatched => _done.Count;

        public long Contiguous => _done.IndexOf(false) is var gap and >= 0 ? gap : _done.Count;

        public void Dispatch(int count, bool needsAck) => _done.AddRange(Enumerable.Repeat(!needsAck, count));

        public void Ack(long below)
        {
            for (var sequence = 0; sequence < below; sequence++)
                _done[sequence] = true;
        }
    }
}
