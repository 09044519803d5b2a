using PgCdc.Engine.Checkpoints;
using PgCdc.Events;
using Xunit;
using Xunit.Sdk;

namespace PgCdc.Engine.Tests.Checkpoints;

public sealed class AckTrackerTests
{
    [Fact]
    public void Confirmable_RandomHistories_IsWhatTheNaiveModelSays()
    {
        for (var seed = 1; seed <= 2_000; seed++)
        {
            try
            {
                new AckHistory(seed).Play(steps: 120);
            }
            catch (Exception error)
            {
                throw new XunitException($"Seed {seed}: {error}");
            }
        }
    }

    [Fact]
    public void Checkpoint_OneAdapterBehind_StaysAtTheSlowest()
    {
        var tracker = new AckTracker(2);
        tracker.Mark(10, Marked("a"));
        tracker.Dispatched(0, 10, needsAck: true);
        tracker.Dispatched(1, 10, needsAck: true);
        tracker.Mark(20, Marked("b"));
        tracker.Dispatched(0, 20, needsAck: true);
        tracker.Dispatched(1, 20, needsAck: true);

        Assert.False(tracker.Acked(0, 0, 20));
        Assert.Null(tracker.Confirmable.Mark);
        Assert.True(tracker.Acked(1, 0, 10));
        Assert.Equal((Marked("a"), 10), tracker.Confirmable);
    }

    [Fact]
    public void Checkpoint_GapBetweenUnackedBatches_CountsAsSoonAsTheBatchBeforeItIsAcked()
    {
        var tracker = new AckTracker(1);
        tracker.Dispatched(0, 10, needsAck: true);
        tracker.Mark(20, Marked("behind the gap"));
        tracker.Dispatched(0, 20, needsAck: false);
        tracker.Dispatched(0, 30, needsAck: true);

        Assert.True(tracker.Acked(0, 0, 10));
        Assert.Equal((Marked("behind the gap"), 20), tracker.Confirmable);
    }

    [Fact]
    public void Ack_OfAFormerIncarnation_CountsForNothing()
    {
        var tracker = new AckTracker(1);
        tracker.Incarnated(0, 1);
        tracker.Mark(10, Marked("a"));
        tracker.Dispatched(0, 10, needsAck: true);
        tracker.Incarnated(0, 2);

        Assert.False(tracker.Acked(0, 1, 10));
        Assert.Null(tracker.Confirmable.Mark);
        Assert.Equal(0, tracker.AckedBelow(0));
    }

    [Fact]
    public void Ack_BeyondWhatWasDispatched_IsRefused()
    {
        var tracker = new AckTracker(1);
        tracker.Dispatched(0, 10, needsAck: true);

        Assert.Throws<ArgumentOutOfRangeException>(() => tracker.Acked(0, 0, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => tracker.Dispatched(0, 9, needsAck: true));
    }

    [Fact]
    public void Mark_WithNothingBeforeIt_IsConfirmableAtOnce()
    {
        var tracker = new AckTracker(2);

        Assert.True(tracker.Mark(0, Marked("keepalive")));
        Assert.Equal((Marked("keepalive"), 0), tracker.Confirmable);
    }

    private static PositionMark Marked(string position) => new(0, new Position(position), 0);
}
