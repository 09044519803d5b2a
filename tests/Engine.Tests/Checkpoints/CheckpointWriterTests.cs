using PgCdc.Errors;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Engine.Tests.Checkpoints;

public sealed class CheckpointWriterTests
{
    [Fact]
    public void Checkpoint_Written_StateThenCopyThenConfirmation() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        rig.Event(110);
        await rig.WaitAsync(1);

        Assert.Equal(["state 0", "export 0", "confirm 0", "state 110", "export 110", "confirm 110"], rig.Checkpoints.Calls);
    });

    [Fact]
    public void Writes_ManyMarks_AreAQuarterSecondApartAndAlone() => CheckpointRig.Run(static async rig =>
    {
        var inFlight = 0;
        rig.Writing = async () =>
        {
            Assert.Equal(1, ++inFlight);
            await rig.Simulation.DelayAsync(30);
            inFlight--;
        };
        await rig.ConnectAsync();
        for (ulong mark = 1; mark <= 400; mark++)
        {
            rig.Event(mark * 10);
            await rig.WaitAsync(0.01);
            if (mark % 50 == 0)
                await rig.Writer.FlushAsync(CancellationToken.None);
        }

        await rig.WaitAsync(1);
        Assert.Equal("confirm 4000", rig.Checkpoints.Calls[^1]);
        var flushes = 8;
        var close = rig.Writes.Zip(rig.Writes.Skip(1), (one, next) => next - one).Count(gap => gap < TimeSpan.FromMilliseconds(250));
        Assert.InRange(close, 0, flushes);
        Assert.InRange(rig.Writes.Count, 12, 30);
    });

    [Fact]
    public void Confirmations_Always_GoForward() => CheckpointRig.Run(static async rig =>
    {
        rig.Writing = () => rig.Simulation.DelayAsync(rig.Simulation.Random.Next(400));
        await rig.ConnectAsync();
        for (ulong mark = 1; mark <= 60; mark++)
        {
            rig.Idle(mark * 100_000_000);
            await rig.WaitAsync(0.1);
            if (rig.Simulation.Random.Next(3) == 0)
                _ = rig.Writer.FlushAsync(CancellationToken.None);
        }

        await rig.WaitAsync(30);
        var confirmed = rig.Detector.Confirmed.Select(SourceLog.LsnOf).ToArray();
        Assert.Equal(confirmed.Order(), confirmed);
        Assert.Equal(6_000_000_000, (long)confirmed[^1]);
    });

    [Fact]
    public void Progress_WithoutEvents_IsWrittenEveryTenSeconds() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        for (ulong mark = 1; mark <= 600; mark++)
        {
            rig.Idle(mark);
            await rig.WaitAsync(0.1);
        }

        var gaps = rig.Writes.Zip(rig.Writes.Skip(1), (one, next) => next - one).ToArray();
        Assert.InRange(gaps.Length, 5, 6);
        Assert.All(gaps, gap => Assert.InRange(gap, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.2)));
    });

    [Fact]
    public void Progress_SixteenMebibytesWithoutEvents_IsWrittenSoon() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        await rig.WaitAsync(1);
        rig.Idle((16 * 1024 * 1024) - 1);
        await rig.WaitAsync(1);
        Assert.Single(rig.Writes);

        rig.Idle(16 * 1024 * 1024);
        await rig.WaitAsync(0.01);
        Assert.Equal(2, rig.Writes.Count);
    });

    [Fact]
    public void Progress_EventBehindAnIdleMark_DoesNotWaitTenSeconds() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        await rig.WaitAsync(1);
        rig.Idle(10);
        await rig.WaitAsync(1);
        rig.Event(20);
        await rig.WaitAsync(0.01);

        Assert.Equal("confirm 20", rig.Checkpoints.Calls[^1]);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Fails_NothingIsConfirmedAndItIsTriedAgain(bool state) => CheckpointRig.Run(async rig =>
    {
        await rig.ConnectAsync();
        var attempts = 0;
        var away = new CheckpointException(ErrorCode.StateUnavailable, "the disk is full");
        if (state)
            rig.Writing = () => ++attempts > 0 ? throw away : Task.CompletedTask;
        else
            rig.Checkpoints.Exporting = _ => ++attempts > 0 ? throw away : Task.CompletedTask;

        // Acks keep coming; they must not turn the waits between attempts into a storm.
        for (ulong mark = 1; mark <= 3_000; mark++)
        {
            rig.Event(mark);
            await rig.WaitAsync(0.01);
        }

        Assert.Equal("the disk is full", rig.Writer.Problem);
        Assert.Equal([SourceLog.At(0)], rig.Detector.Confirmed);
        Assert.InRange(attempts, 6, 60);

        rig.Writing = null;
        rig.Checkpoints.Exporting = null;
        await rig.WaitAsync(6);
        Assert.Null(rig.Writer.Problem);
        Assert.Equal(["state 3000", "export 3000", "confirm 3000"], rig.Checkpoints.Calls.TakeLast(3));
    });

    [Fact]
    public void Write_RefusedForANewerEpoch_EndsTheWriter() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        rig.Checkpoints.Epoch = 2;
        rig.Event(10);

        Assert.Equal(ErrorCode.StaleEpoch, (await Assert.ThrowsAsync<CheckpointException>(() => rig.Ended)).Code);
        Assert.Equal([SourceLog.At(0)], rig.Detector.Confirmed);
    });

    [Fact]
    public void Flush_PendingIdleMark_IsWrittenAtOnce() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        rig.Idle(10);
        await rig.WaitAsync(0.1);
        await rig.Writer.FlushAsync(CancellationToken.None);
        await rig.StopAsync();

        Assert.Equal(["state 10", "export 10", "confirm 10"], rig.Checkpoints.Calls.TakeLast(3));
    });

    [Fact]
    public void Checkpoint_StoredWithoutASession_IsConfirmedToTheNext() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        var start = rig.Writer.Saved;
        rig.Writer.Disconnected();
        rig.Event(10);
        await rig.WaitAsync(1);
        Assert.Equal([SourceLog.At(0)], rig.Detector.Confirmed);

        await rig.ConnectAsync(start);
        Assert.Equal([SourceLog.At(0), SourceLog.At(10)], rig.Detector.Confirmed);
    });

    [Fact]
    public void Session_OnANewTimeline_IsStoredWithoutGoingBack() => CheckpointRig.Run(static async rig =>
    {
        await rig.ConnectAsync();
        rig.Event(10);
        await rig.WaitAsync(1);
        var start = rig.Writer.Saved;
        rig.Detector.Identity = rig.Detector.Identity with { Timeline = 2 };
        rig.Writer.Disconnected();
        rig.Event(20);
        await rig.WaitAsync(1);
        await rig.ConnectAsync(start);

        Assert.Equal(new DetectorCheckpoint(SourceLog.At(20), 20, rig.Detector.Identity), rig.Checkpoints.Stored);
    });
}
