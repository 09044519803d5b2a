using PgCdc.Engine.Delivery;
using PgCdc.Errors;
using Xunit;

namespace PgCdc.Engine.Tests.Pipeline;

/// <summary>A run and adapters that break, do not answer or belong to somebody else.</summary>
public sealed class PipelineRunAdapterTests
{
    [Fact]
    public void Adapter_SyncFails_NextIncarnationGetsEverythingUnacked() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        rig.Add("two");
        adapter.Syncing = RigAdapter.Failing(2);
        rig.Commit(20);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.Equal(3, adapter.Incarnations.Count);
        Assert.All(adapter.Incarnations, incarnation => Assert.True(incarnation.IsDisposed));
    });

    [Fact]
    public void Adapter_BreaksAtOnceEachTime_IsOpenedMoreAndMoreRarely() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("broken");
        adapter.Syncing = RigAdapter.Failing(int.MaxValue);
        rig.Commit(1);
        rig.Start();
        await Task.Delay(TimeSpan.FromMinutes(2), rig.Simulation.Time);

        Assert.InRange(adapter.Incarnations.Count, 10, 120);
        adapter.Syncing = null;
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();
        rig.AssertComplete();
    });

    [Fact]
    public void Adapter_DoesNotAnswer_ProgressSaysWhyUntilItDoes() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("away");
        adapter.Port.Answering = static call => call == "open" ? throw new TimeoutException("nobody is there") : Task.CompletedTask;
        rig.Commit(1);
        rig.Start();
        await Task.Delay(TimeSpan.FromSeconds(10), rig.Simulation.Time);
        Assert.Equal("nobody is there", rig.Run.Progress.Adapters[0].Problem);

        adapter.Port.Answering = null;
        await rig.UntilCheckpointAsync(rig.Log.End);
        Assert.Null(rig.Run.Progress.Adapters[0].Problem);
        await rig.StopAsync();
        rig.AssertComplete();
    });

    [Fact]
    public void Reports_AllLost_ProbeTellsTheAcks() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Reports.Reporting = static _ => throw new TimeoutException("lost");
        rig.Commit(10);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.Empty(rig.Reports.Received);
    });

    [Fact]
    public void BrokenReport_Lost_ProbeFindsOut() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        adapter.Syncing = RigAdapter.Failing(1);
        rig.Reports.Reporting = static report => report.Condition is AdapterCondition.Broken ? throw new TimeoutException("lost") : Task.CompletedTask;
        rig.Commit(3);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.Equal(2, adapter.Incarnations.Count);
    });

    [Fact]
    public void Answers_Lost_DeliveriesAreRepeatedAndRecognised() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        var answers = 0;
        adapter.Port.Answering = call => call == "deliver" && ++answers % 3 != 0 ? throw new TimeoutException("lost") : Task.CompletedTask;
        rig.Commit(10);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
        Assert.Single(adapter.Incarnations);
        Assert.Equal(Enumerable.Range(0, 30), adapter.Sink.Deliveries);
    });

    [Fact]
    public void Adapter_GoneWithItsSilo_IsOpenedAgain() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        rig.Commit(5);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        adapter.Port.Forget();
        adapter.Sink.Crash();
        rig.Commit(5);
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        Assert.Equal(30, adapter.Sink.Durable);
        Assert.Equal(2, adapter.Incarnations.Count);
    });

    [Fact]
    public void Adapter_CannotBeOpenedForAWhile_EventsWait() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        var calls = 0;
        adapter.Port.Calling = call => call == "open" && ++calls < 5 ? throw RigAdapter.Failure(Disposition.Retry) : Task.CompletedTask;
        rig.Commit(5);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        await rig.StopAsync();

        rig.AssertComplete();
    });

    [Fact]
    public void Adapter_Halts_RunFailsAndConfirmsNothingOfIt() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        rig.Commit(2);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        var before = rig.Checkpoints.Stored;
        adapter.Writing = static _ => throw RigAdapter.Failure(Disposition.Halt);
        rig.Commit(1);

        Assert.Equal("the sink is away", (await Assert.ThrowsAsync<DeliveryException>(() => rig.Ended)).Message);
        Assert.Equal(before, rig.Checkpoints.Stored);
        rig.AssertReleased();
    });

    [Fact]
    public void Adapter_OwnedByANewerRun_RunStops() => PipelineRig.Try(static async rig =>
    {
        var adapter = rig.Add("one");
        rig.Commit(2);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        adapter.Memory.Epoch = 2;
        rig.Commit(1);

        var error = await Assert.ThrowsAsync<CheckpointException>(() => rig.Ended);
        Assert.Equal("Adapter 'one' serves a newer run than epoch 1; this run stops.", error.Message);
        Assert.Equal(ErrorCode.StaleEpoch, error.Code);
    });

    [Fact]
    public void Checkpoint_OfANewerRun_RunStops() => PipelineRig.Try(static async rig =>
    {
        rig.Add("one");
        rig.Commit(2);
        rig.Start();
        await rig.UntilCheckpointAsync(rig.Log.End);
        rig.Checkpoints.Epoch = 2;
        rig.Commit(1);

        Assert.Equal(ErrorCode.StaleEpoch, (await Assert.ThrowsAsync<CheckpointException>(() => rig.Ended)).Code);
        Assert.DoesNotContain(PgCdc.TestKit.Pipeline.SourceLog.At(rig.Log.End), rig.Detector.Confirmed);
    });

    [Fact]
    public void Restart_AdapterAheadOfTheCheckpoint_GetsNothingTwice() => PipelineRig.Try(static async rig =>
    {
        var ahead = rig.Add("ahead");
        var behind = rig.Add("behind");
        var gate = new TaskCompletionSource();
        behind.Writing = gate.Task.WaitAsync;
        rig.Log.Commit("orders", "orders", "orders", "orders", "orders");
        rig.Log.Commit("orders", "orders");
        rig.Start();
        await rig.Simulation.UntilAsync(() => ahead.Sink.Durable == 7, "delivery to the one ahead");
        rig.Run.Fail(new InvalidOperationException("crash"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Ended);
        await rig.Simulation.UntilAsync(() => ahead.Port.Run is null && behind.Port.Run is null, "the end of both adapters");

        gate.SetResult();
        var next = new PgCdc.TestKit.Pipeline.MemoryDetector(rig.Log, new Random(1));
        var options = rig.Options with { Epoch = 2, Checkpoint = rig.Checkpoints.Stored };
        rig.Checkpoints.Epoch = 2;
        var run = new PgCdc.Engine.Pipeline.PipelineRun(options, next, [ahead.Port, behind.Port], rig.Checkpoints, null, rig.Services);
        rig.Reports.Run = run;
        var ended = rig.Simulation.Start(run.RunAsync);
        await rig.UntilCheckpointAsync(rig.Log.End);
        run.Stop(TimeSpan.FromSeconds(5));
        await ended;

        Assert.Equal(Enumerable.Range(0, 7), ahead.Sink.Deliveries);
        Assert.Equal(7, behind.Sink.Durable);
    });
}
