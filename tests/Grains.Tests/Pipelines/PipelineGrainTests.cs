using PgCdc.Errors;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Grains.Tests.Pipelines;

public sealed class PipelineGrainTests(PipelineCluster cluster) : IClassFixture<PipelineCluster>
{
    private readonly GrainWorld _world = new();

    private IPipelineGrain Grain => cluster.Pipeline(_world.Pipeline);

    [Fact]
    public async Task Pipeline_StartedAndStopped_DeliversAndKeepsItsCheckpoint()
    {
        _world.Commit(20);
        await Grain.StartAsync(_world.Definition());
        await _world.UntilDeliveredAsync();
        var running = await Grain.GetStatusAsync();
        await StopAsync();
        var stopped = await Grain.GetStatusAsync();

        Assert.Equal(PipelineCondition.Running, running.Condition);
        Assert.Equal("one", Assert.Single(running.Adapters).Name);
        Assert.Equal(SourceLog.At(_world.Log.End).Value, stopped.Checkpoint);
        Assert.Null(stopped.Fault);
        Assert.Null(_world.Sink.Violation);
        Assert.DoesNotContain(_world.Detectors.Single().Batches, batch => batch.TryRetain());
    }

    [Fact]
    public async Task Pipeline_StartedTwice_RunsOnce()
    {
        var first = await Grain.StartAsync(_world.Definition());
        var second = await Grain.StartAsync(_world.Definition());

        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Single(_world.Detectors);
        await StopAsync();
    }

    [Fact]
    public async Task Pipeline_StartedAgain_GoesOnFromItsCheckpointInALargerEpoch()
    {
        _world.Commit(5);
        var first = await Grain.StartAsync(_world.Definition());
        await _world.UntilDeliveredAsync();
        await StopAsync();
        var end = _world.Log.End;
        _world.Commit(5);
        var second = await Grain.StartAsync(_world.Definition());
        await _world.UntilDeliveredAsync();
        await StopAsync();

        Assert.Equal(first.Epoch + 1, second.Epoch);
        Assert.Equal(SourceLog.At(end), _world.Detectors.Last().Starts.Single().Checkpoint!.Position);
        Assert.Equal(Enumerable.Range(0, 10), _world.Sink.Deliveries);
    }

    [Fact]
    public async Task Pipeline_Paused_IsNotBroughtBackButResumed()
    {
        await Grain.StartAsync(_world.Definition());
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Running);
        await Grain.PauseAsync();
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Paused);
        await Grain.EnsureRunningAsync(_world.Definition());
        Assert.Equal(PipelineCondition.Paused, (await Grain.GetStatusAsync()).Condition);

        await Grain.ResumeAsync();
        _world.Commit(3);
        await _world.UntilDeliveredAsync();
        await StopAsync();
    }

    [Fact]
    public async Task Reload_Routes_HoldForWhatIsReadFromThenOn()
    {
        await StartAndRouteUsersToOneAsync();
        _world.Commit(3, "orders", "users");
        await _world.UntilDeliveredAsync("two");
        await StopAsync();

        Assert.Equal([1, 3, 5], _world.SinkOf("one").Deliveries);
    }

    [Fact]
    public async Task Reload_Routes_HoldWhenTheDirectoryBringsThePipelineBack()
    {
        await StartAndRouteUsersToOneAsync();
        _world.Detectors.Single().Reading = static () => throw new DetectorException(ErrorCode.SourcePositionLost, "the slot is gone", isTransient: false);
        _world.Commit(1, "orders", "users");
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Failed);
        await Grain.EnsureRunningAsync(_world.Definition("one", "two"));
        _world.Commit(2, "orders", "users");
        await _world.UntilDeliveredAsync("two");
        await StopAsync();

        Assert.Equal([1, 3, 5], _world.SinkOf("one").Deliveries.Distinct());
    }

    [Fact]
    public async Task Reload_OtherAdapters_IsRefusedWithTheReason()
    {
        await Grain.StartAsync(_world.Definition());
        var fault = await Grain.ReloadAsync(_world.Definition("one", "two") with { BufferSize = 7 });

        Assert.Equal(
            $"Pipeline '{_world.Pipeline}' was not reloaded: the adapters, the bus changed, which needs a restart; only routes are taken over while it runs.",
            fault!.Message);
        await StopAsync();
    }

    [Fact]
    public async Task Reload_NeverStarted_IsRefused()
    {
        var fault = await Grain.ReloadAsync(_world.Definition());

        Assert.Equal($"Pipeline '{_world.Pipeline}' has no definition to reload; start it with one.", fault!.Message);
    }

    [Fact]
    public async Task Start_SourceRefuses_FailsWithItsReasonAndCanBeStartedAgain()
    {
        _world.Connecting = static () => throw new DetectorException(ErrorCode.SourceAuthentication, "password authentication failed", isTransient: false);
        await Grain.StartAsync(_world.Definition());
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Failed);
        Assert.Equal(new Fault(ErrorCode.SourceAuthentication, "password authentication failed"), (await Grain.GetStatusAsync()).Fault);

        _world.Connecting = null;
        _world.Commit(1);
        await Grain.StartAsync(_world.Definition());
        await _world.UntilDeliveredAsync();
        await StopAsync();
    }

    [Fact]
    public async Task Start_UnknownConnector_FailsAtOnce()
    {
        var definition = _world.Definition();
        var status = await Grain.StartAsync(definition with { Detector = definition.Detector with { Type = "memory-sauce" } });

        Assert.Equal(PipelineCondition.Failed, status.Condition);
        Assert.Equal(ErrorCode.InvalidConfiguration, status.Fault!.Code);
        Assert.Contains("unknown detector 'memory-sauce'", status.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StateCannotBeWritten_OpensNoSource()
    {
        cluster.Storage.Fail($"pipeline/{_world.Pipeline}");
        var status = await Grain.StartAsync(_world.Definition());

        Assert.Equal(PipelineCondition.Failed, status.Condition);
        Assert.Equal(new Fault(ErrorCode.StateUnavailable, "IOException: the disk is full"), status.Fault);
        Assert.Empty(_world.Detectors);
    }

    [Fact]
    public async Task Checkpoint_StateCannotBeWritten_NothingIsConfirmedUntilItCan()
    {
        await Grain.StartAsync(_world.Definition());
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Running);
        cluster.Storage.Fail($"pipeline/{_world.Pipeline}");
        _world.Commit(3);
        await Eventually.AsTrue(async () => (await Grain.GetStatusAsync()).CheckpointProblem == "IOException: the disk is full", "the problem");
        Assert.DoesNotContain(SourceLog.At(_world.Log.End), _world.Detectors.Single().Confirmed);

        cluster.Storage.Fail($"pipeline/{_world.Pipeline}", fails: false);
        await Eventually.AsTrue(async () => (await Grain.GetStatusAsync()).CheckpointProblem is null, "the end of the problem");
        await StopAsync();
        Assert.Contains(SourceLog.At(_world.Log.End), _world.Detectors.Single().Confirmed);
    }

    [Fact]
    public async Task Stop_StateCannotBeWritten_StopsAndSaysSo()
    {
        await Grain.StartAsync(_world.Definition());
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Running);
        cluster.Storage.Fail($"pipeline/{_world.Pipeline}");
        var status = await Grain.StopAsync();

        Assert.Equal(ErrorCode.StateUnavailable, status.Fault!.Code);
        await Eventually.AsTrue(() => _world.Detectors.Single().IsDisposed, "the end of the run");
        cluster.Storage.Fail($"pipeline/{_world.Pipeline}", fails: false);
    }

    [Fact]
    public async Task Checkpoint_OfAnotherEpoch_IsRefused()
    {
        var status = await Grain.StartAsync(_world.Definition());
        var checkpoint = new DetectorCheckpoint(SourceLog.At(7), 7, new SourceIdentity());
        var fault = await Grain.SaveCheckpointAsync(new CheckpointReport(status.Epoch - 1, "source", checkpoint));

        Assert.Equal(ErrorCode.StaleEpoch, fault!.Code);
        Assert.Equal($"Pipeline '{_world.Pipeline}' is in epoch {status.Epoch}; the checkpoint of epoch {status.Epoch - 1} is refused.", fault.Message);
        await StopAsync();
    }

    [Fact]
    public async Task RunEnded_OfAnotherEpoch_ChangesNothing()
    {
        var status = await Grain.StartAsync(_world.Definition());
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Running);
        await Grain.RunEndedAsync(status.Epoch - 1, new Fault(ErrorCode.SourceUnavailable, "late"));

        Assert.Equal(PipelineCondition.Running, (await Grain.GetStatusAsync()).Condition);
        await StopAsync();
    }

    [Fact]
    public async Task State_WrittenByAnotherActivation_EndsTheRunAndTheNextStartGoesOn()
    {
        var first = await Grain.StartAsync(_world.Definition());
        _world.Commit(2);
        await _world.UntilDeliveredAsync();
        cluster.Storage.WriteBehindItsBack($"pipeline/{_world.Pipeline}");
        _world.Commit(1);
        await Eventually.AsTrue(() => _world.Detectors.Single().IsDisposed, "the end of the run");
        Assert.DoesNotContain(SourceLog.At(_world.Log.End), _world.Detectors.Single().Confirmed);

        await Eventually.AsTrue(async () => (await Grain.StartAsync(_world.Definition())).Epoch > first.Epoch, "a start in a larger epoch");
        _world.Commit(1);
        await _world.UntilDeliveredAsync();
        await StopAsync();
        Assert.Null(_world.Sink.Violation);
    }

    private async Task StartAndRouteUsersToOneAsync()
    {
        _world.SinkOf("one").MayMissEvents = true;
        await Grain.StartAsync(_world.Definition("one", "two"));
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Running);
        var routed = _world.Definition("one", "two") with { Routes = new Dictionary<string, IReadOnlyList<string>> { ["one"] = ["pgcdc:users"] } };
        Assert.Null(await Grain.ReloadAsync(routed));
    }

    private async Task StopAsync()
    {
        await Grain.StopAsync();
        await cluster.UntilAsync(_world.Pipeline, PipelineCondition.Stopped);
    }
}
