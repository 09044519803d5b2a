using PgCdc.Configuration;
using PgCdc.Errors;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Engine.Tests.Pipeline;

public sealed class PipelineRunTests
{
    [Fact]
    public void Events_TwoAdapters_ReachBothInOrderAndAreConfirmed() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Add("two");
        rig.Commit(20);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        rig.Commit(5);
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.All(rig.Adapters, adapter => Assert.Equal(Enumerable.Range(0, 75), adapter.Sink.Deliveries));
        Assert.True(rig.Detector.IsDisposed);
        Assert.True(rig.Checkpoints.IsDisposed, "the exported copy was closed");
        Assert.Equal(1, rig.Detector.SessionsClosed);
    });

    [Fact]
    public void Credit_Spent_ReaderWaitsAndGoesOn() => PipelineRig.Try(static async rig =>
    {
        var gate = new TaskCompletionSource();
        rig.Add("slow").Writing = gate.Task.WaitAsync;
        rig.Options = rig.Options with { CreditEvents = 8 };
        rig.Commit(20);
        rig.Start();
        await Task.Delay(TimeSpan.FromSeconds(30), rig.Simulation.Time);

        Assert.InRange(rig.Run.Progress.Received, 5, 8);
        Assert.Equal(rig.Run.Progress.Received, rig.Run.Progress.Adapters[0].Unacked);
        gate.SetResult();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();
        rig.AssertComplete();
    });

    [Theory]
    [InlineData(1, 8 * 1024 * 1024)]
    [InlineData(1024, 1)]
    public void Credit_SmallerThanABatch_OneBatchIsAdmitted(int events, int bytes) => PipelineRig.Try(async rig =>
    {
        var most = 0;
        rig.Add("only").Writing = _ =>
        {
            most = Math.Max(most, rig.Run.Progress.Adapters[0].Unacked);
            return Task.CompletedTask;
        };
        rig.Options = rig.Options with { CreditEvents = events, CreditBytes = bytes };
        rig.Commit(10);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.InRange(most, 1, rig.Detector.BatchEvents);
    });

    [Fact]
    public void FastMode_AdapterWithoutCredit_MissesEventsAndOthersGetThemAll() => PipelineRig.Try(static async rig =>
    {
        var gate = new TaskCompletionSource();
        var stuck = rig.Add("stuck");
        stuck.Writing = gate.Task.WaitAsync;
        stuck.Sink.MayMissEvents = true;
        var other = rig.Add("other");
        rig.Options = rig.Options with { CreditEvents = 8, Mode = BusMode.Fast };
        rig.Start();
        for (var more = 0; more < 10; more++)
        {
            rig.Commit(1);
            await rig.Simulation.UntilAsync(() => other.Sink.Durable == 3 * (more + 1), "delivery to the other adapter");
        }

        gate.SetResult();
        await rig.UntilCheckpointAsync(rig.Log.End);
        Assert.Equal(30, rig.Run.Progress.AckedBelow);
        await rig.StopAsync();

        Assert.InRange(stuck.Sink.Deliveries.Count, 5, 8);
        rig.AssertReleased();
    });

    [Fact]
    public void Routes_EachAdapter_GetsItsTablesOnly() => PipelineRig.Try(static async rig =>
    {
        rig.Add("orders", "orders");
        rig.Add("users", "users");
        rig.Add("both", "orders", "users");
        rig.Log.Commit("orders", "noise", "orders", "users");
        rig.Log.Commit("users", "noise", "users", "users");
        rig.Log.Commit("noise", "noise", "noise", "users");
        rig.Log.Commit("orders", "noise", "orders", "users");
        rig.Commit(3, 2, "noise");
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.Equal([4, 6, 10], rig.Adapters.Select(adapter => adapter.Sink.Deliveries.Count));
    });

    [Fact]
    public void Mark_BehindFilteredEvents_IsConfirmedWhenEarlierEventsAreAcked() => PipelineRig.Try(static async rig =>
    {
        var gate = new TaskCompletionSource();
        var orders = rig.Add("orders", "orders");
        orders.Writing = gate.Task.WaitAsync;
        rig.Commit(1);
        rig.Commit(4, 3, "noise");
        rig.Start();
        await Task.Delay(TimeSpan.FromSeconds(30), rig.Simulation.Time);
        Assert.Equal("0", rig.Checkpoints.Stored!.Position.Value);

        gate.SetResult();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();
        rig.AssertComplete();
    });

    [Fact]
    public void KeepAliveMarks_WithoutEvents_AreConfirmed() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Detector.SendsKeepAlives = true;
        rig.Commit(1);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End + 5);
        await rig.StopAsync();
    });

    [Fact]
    public void Source_LostAgainAndAgain_IsConnectedAgainWithoutLoss() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        var reads = 0;
        rig.Detector.Reading = () => ++reads % 4 == 0 ? throw Lost() : Task.CompletedTask;
        rig.Commit(12);
        rig.Start();
        await rig.Simulation.UntilAsync(() => rig.Run.Progress.SourceProblem == "the server is away", "problem of the source");
        await rig.UntilCheckpointAsync(rig.Log.End);
        rig.Detector.Reading = null;
        await rig.Simulation.UntilAsync(() => rig.Run.Progress.SourceProblem is null, "a connection");
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.True(rig.Detector.Starts.Count > 3);
        Assert.Equal(Enumerable.Range(0, 36), rig.Adapters[0].Sink.Deliveries);
    });

    [Fact]
    public void Source_FirstConnectionFails_RunFails() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Detector.Connecting = static () => throw Lost();
        rig.Start();

        Assert.Equal("the server is away", (await Assert.ThrowsAsync<DetectorException>(() => rig.Ended)).Message);
        await Assert.ThrowsAsync<DetectorException>(() => rig.Run.Connected);
        Assert.Single(rig.Detector.Starts);
        Assert.True(rig.Detector.IsDisposed);
    });

    [Fact]
    public void Source_FailsForGood_RunFailsWithoutConfirmingMore() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Commit(3);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        rig.Detector.Reading = static () => throw new DetectorException(ErrorCode.SourcePositionLost, "the slot is gone", isTransient: false);
        rig.Commit(1);

        Assert.Equal("the slot is gone", (await Assert.ThrowsAsync<DetectorException>(() => rig.Ended)).Message);
        rig.AssertReleased();
    });

    [Fact]
    public void Stop_WorkUnderWay_IsDrainedFirst() => PipelineRig.Try(static async rig =>
    {
        rig.Add("slow").Writing = _ => rig.Simulation.DelayAsync(10);
        rig.Commit(50);
        rig.Start();
        await rig.Simulation.UntilAsync(() => rig.Adapters[0].Sink.Written > 10, "some deliveries");
        await rig.StopAsync();

        Assert.Equal(rig.Run.Progress.Received, rig.Adapters[0].Sink.Durable);
        var covered = rig.Log.Events.Where(change => change.Index < rig.Run.Progress.Received);
        var complete = covered.Where(change => change.Key.Ordinal == 3).Max(change => change.EndLsn);
        Assert.Equal(SourceLog.At(complete), rig.Checkpoints.Stored!.Position);
        rig.AssertReleased();
    }, seeds: 40);

    [Fact]
    public void Stop_StuckAdapterWithoutCredit_EndsAtTheDeadline() => PipelineRig.Try(static async rig =>
    {
        var never = new TaskCompletionSource();
        var stuck = rig.Add("stuck");
        rig.Options = rig.Options with { CreditEvents = 8 };
        rig.Commit(2);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        var before = rig.Checkpoints.Stored;
        stuck.Writing = never.Task.WaitAsync;
        rig.Commit(10);
        await Task.Delay(TimeSpan.FromSeconds(10), rig.Simulation.Time);

        Assert.NotEqual(rig.Run.Progress.Received, rig.Run.Progress.AckedBelow);
        var stopped = rig.Simulation.Time.Elapsed;
        await rig.StopAsync();

        Assert.InRange(rig.Simulation.Time.Elapsed - stopped, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.1));
        Assert.Equal(before, rig.Checkpoints.Stored);
        await rig.Simulation.UntilAsync(() => stuck.Incarnations[^1].IsDisposed, "the end of the adapter");
        rig.AssertReleased();
    });

    [Fact]
    public void Failure_ReaderWaitsForCredit_RunEnds() => PipelineRig.Try(static async rig =>
    {
        rig.Add("stuck").Writing = new TaskCompletionSource().Task.WaitAsync;
        rig.Options = rig.Options with { CreditEvents = 4 };
        rig.Commit(10);
        rig.Start();
        await Task.Delay(TimeSpan.FromSeconds(10), rig.Simulation.Time);
        rig.Run.Fail(new CheckpointException(ErrorCode.StaleEpoch, "overtaken"));

        await Assert.ThrowsAsync<CheckpointException>(() => rig.Ended.WaitAsync(TimeSpan.FromSeconds(30), rig.Simulation.Time));
    });

    [Fact]
    public void Failure_WhileDraining_IsTold() => PipelineRig.Try(static async rig =>
    {
        rig.Add("stuck").Writing = new TaskCompletionSource().Task.WaitAsync;
        rig.Commit(1);
        rig.Start();
        await rig.Simulation.UntilAsync(() => rig.Run.Progress.Received == 3, "reading");
        rig.Run.Stop(TimeSpan.FromMinutes(5));
        await Task.Delay(TimeSpan.FromSeconds(1), rig.Simulation.Time);
        rig.Run.Fail(RigAdapter.Failure(Disposition.Halt));

        await Assert.ThrowsAsync<DeliveryException>(() => rig.Ended.WaitAsync(TimeSpan.FromSeconds(30), rig.Simulation.Time));
        Assert.Equal("0", rig.Checkpoints.Stored!.Position.Value);
    });

    private static DetectorException Lost() => new(ErrorCode.SourceUnavailable, "the server is away", isTransient: true);
}
