using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Storage;
using PgCdc.Configuration;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Sources;

namespace PgCdc.Grains.Pipelines;

/// <summary>
/// The life of one pipeline: stopped → starting → running → stopping → stopped, or failed. Persists an epoch before every run, and the
/// checkpoint before the source is told. Moves no events itself.
/// </summary>
[PreferLocalPlacement]
[Immovable]
public sealed class PipelineGrain(
    [PersistentState("pipeline", GrainStorageNames.State)] IPersistentState<PipelineGrainState> state,
    PipelineRunFactory runs,
    RunStarter starter,
    TimeProvider time,
    ILogger<PipelineGrain> log) : Grain, IPipelineGrain
{
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromMinutes(1);

    private readonly AdapterProblems _problems = new();
    private IGrainTimer? _keepAlive;
    private PipelineRun? _run;
    private int _configurationVersion = 1;
    private Fault? _fault;
    private DateTimeOffset? _startedAt;
    private bool _isStopping;

    private string Name => this.GetPrimaryKeyString();

    public Task<PipelineStatus> StartAsync(PipelineDefinition definition) => RunAsync(definition);

    public Task<PipelineStatus> ResumeAsync() => RunAsync(state.State.Definition);

    // A run that was overtaken by a newer one is not started again: two would chase each other. Nor is one that somebody paused. What a running
    // pipeline took over by a reload is newer than what the directory keeps.
    public Task EnsureRunningAsync(PipelineDefinition definition) => state.State.Desired switch
    {
        _ when _fault?.Code is ErrorCode.StaleEpoch => Task.CompletedTask,
        DesiredStatus.Paused => Task.CompletedTask,
        DesiredStatus.Running => RunAsync(state.State.Definition ?? definition),
        _ => RunAsync(definition),
    };

    public Task<PipelineStatus> StopAsync() => StopAsync(DesiredStatus.Stopped);

    public Task<PipelineStatus> PauseAsync() => StopAsync(DesiredStatus.Paused);

    public async Task<Fault?> ReloadAsync(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (state.State.Definition is not { } current)
            return new Fault(ErrorCode.InvalidConfiguration, $"Pipeline '{Name}' has no definition to reload; start it with one.");

        if (ReloadCheck.Refusal(current, definition) is { } refusal)
            return new Fault(ErrorCode.InvalidConfiguration, refusal);

        if (await TryWriteAsync(state.State with { Definition = definition }) is { } fault)
            return fault;

        _run?.Use(new RouteTable(++_configurationVersion, definition.Routes));
        return null;
    }

    public Task<PipelineStatus> GetStatusAsync() => Task.FromResult(Status());

    public Task ReportAckAsync(AckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (_run is { } run && run.Epoch == report.Epoch)
            ReportedAck.Apply(report, run, _problems);

        return Task.CompletedTask;
    }

    public async Task<Fault?> SaveCheckpointAsync(CheckpointReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Epoch != state.State.Epoch)
            return new Fault(ErrorCode.StaleEpoch, $"Pipeline '{Name}' is in epoch {state.State.Epoch}; the checkpoint of epoch {report.Epoch} is refused.");

        var checkpoint = new Dictionary<string, DetectorCheckpoint>(state.State.Checkpoint) { [report.Detector] = report.Checkpoint };
        return await TryWriteAsync(state.State with { Checkpoint = checkpoint });
    }

    public Task RunEndedAsync(long epoch, Fault? fault)
    {
        if (_run is null || _run.Epoch != epoch)
            return Task.CompletedTask;

        // A start that is refused is answered by the status; a run that fails later has nobody waiting for it but the log.
        if (fault is not null && _run.Connected.IsCompletedSuccessfully)
            Log.RunFailed(log, Name, epoch, fault.Message);

        _run = null;
        _isStopping = false;
        _fault = fault;
        _keepAlive?.Dispose();

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Best effort: a run that does not end here is fenced by its epoch.
        _run?.Stop(state.State.Definition?.ShutdownTimeout ?? TimeSpan.Zero);
        return Task.CompletedTask;
    }

    private async Task<PipelineStatus> RunAsync(PipelineDefinition? definition)
    {
        if (_run is not null || definition is null)
            return Status();

        var epoch = state.State.Epoch == 0 ? time.GetUtcNow().ToUnixTimeMilliseconds() : state.State.Epoch + 1;
        _fault = await TryWriteAsync(state.State with { Definition = definition, Desired = DesiredStatus.Running, Epoch = epoch });
        if (_fault is null)
            Begin();

        return Status();
    }

    private void Begin()
    {
        var self = this.AsReference<IPipelineGrain>();
        try
        {
            _run = runs.Create(state.State, self);
        }
        catch (Exception error)
        {
            _fault = Fault.Of(error, ErrorCode.InvalidConfiguration);
            return;
        }

        _startedAt = time.GetUtcNow();
        _problems.Clear();
        _keepAlive = this.RegisterGrainTimer(static _ => Task.CompletedTask, new GrainTimerCreationOptions(s_keepAlive, s_keepAlive) { KeepAlive = true });
        var watch = new RunWatch(_run, self, time);
        _ = starter.Start(watch.RunAsync);
    }

    private async Task<PipelineStatus> StopAsync(DesiredStatus desired)
    {
        var fault = await TryWriteAsync(state.State with { Desired = desired });
        if (_run is null)
        {
            _fault = fault;
            return Status();
        }

        // It stops also when that cannot be stored: a full disk must not keep a process alive. But whoever asked is told.
        _isStopping = true;
        _run.Stop(state.State.Definition?.ShutdownTimeout ?? TimeSpan.Zero);
        return Status() with { Fault = fault };
    }

    private async Task<Fault?> TryWriteAsync(PipelineGrainState next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
            return null;
        }
        catch (InconsistentStateException error)
        {
            return Overtaken(error);
        }
        catch (Exception error)
        {
            state.State = before;
            return Fault.Of(error, ErrorCode.StateUnavailable);
        }
    }

    /// <summary>Another activation wrote the state: this one stops and never writes again.</summary>
    private Fault Overtaken(InconsistentStateException error)
    {
        var overtaken = new CheckpointException(
            ErrorCode.StaleEpoch, $"Pipeline '{Name}' was taken over by another activation; this one stops.", error);
        _run?.Fail(overtaken);
        DeactivateOnIdle();
        return Fault.Of(overtaken, overtaken.Code);
    }

    private PipelineStatus Status()
    {
        var progress = _run?.Progress;
        return new PipelineStatus
        {
            Name = Name,
            Condition = Condition(),
            Fault = _fault,
            Epoch = state.State.Epoch,
            StartedAt = _startedAt,
            SourceProblem = progress?.SourceProblem,
            CheckpointProblem = progress?.CheckpointProblem,
            Checkpoint = state.State.Checkpoint.Values.FirstOrDefault()?.Position.Value,
            Received = progress?.Received ?? 0,
            Acked = progress?.AckedBelow ?? 0,
            Adapters = _problems.Statuses(state.State.Definition, progress),
        };
    }

    private PipelineCondition Condition() => this switch
    {
        { _isStopping: true } => PipelineCondition.Stopping,
        { _run.Connected.IsCompletedSuccessfully: true } => PipelineCondition.Running,
        { _run: not null } => PipelineCondition.Starting,
        { _fault: not null } => PipelineCondition.Failed,
        _ => state.State.Desired is DesiredStatus.Paused ? PipelineCondition.Paused : PipelineCondition.Stopped,
    };
}
