using Orleans.Concurrency;
using PgCdc.Configuration;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Interfaces;

/// <summary>One pipeline, keyed by its name: owns the detector's lifecycle, the epoch and the checkpoint.</summary>
[Alias("pgcdc.pipeline")]
public interface IPipelineGrain : IGrainWithStringKey
{
    /// <summary>
    /// Persists definition and a new epoch, then starts a run. Returns at once; the status tells when the source is reached. A pipeline that
    /// runs already is left as it is.
    /// </summary>
    [Alias("start")]
    Task<PipelineStatus> StartAsync([Immutable] PipelineDefinition definition);

    /// <summary>Asks the run to drain and end. Returns at once; the status tells when it is stopped.</summary>
    [Alias("stop")]
    Task<PipelineStatus> StopAsync();

    /// <summary>Like <see cref="StopAsync"/>, but the pipeline remembers that it is only paused.</summary>
    [Alias("pause")]
    Task<PipelineStatus> PauseAsync();

    /// <summary>Starts a stopped, paused or failed pipeline with its stored definition.</summary>
    [Alias("resume")]
    Task<PipelineStatus> ResumeAsync();

    /// <summary>Takes over new routes without stopping; anything else needs a restart and is refused.</summary>
    /// <returns>Null, or why nothing was changed.</returns>
    [Alias("reload")]
    Task<Fault?> ReloadAsync([Immutable] PipelineDefinition definition);

    /// <summary>Starts a run if there is none and no newer run has overtaken the last one. Doing it twice does nothing.</summary>
    [Alias("ensure-running")]
    Task EnsureRunningAsync([Immutable] PipelineDefinition definition);

    /// <summary>Where the pipeline stands.</summary>
    // Interleaves: reads one snapshot of fields and awaits nothing.
    [AlwaysInterleave, ReadOnly, Alias("status")]
    Task<PipelineStatus> GetStatusAsync();

    /// <summary>Acks and condition of an adapter.</summary>
    // Interleaves: hands a cumulative, idempotent report to the run, which guards itself; touches no grain state and awaits nothing.
    [AlwaysInterleave, Alias("report-ack")]
    Task ReportAckAsync([Immutable] AckReport report);

    /// <summary>Makes a checkpoint of a run durable.</summary>
    /// <returns>Null, or why it was not stored.</returns>
    [Alias("save-checkpoint")]
    Task<Fault?> SaveCheckpointAsync([Immutable] CheckpointReport report);

    /// <summary>A run has ended.</summary>
    [Alias("run-ended")]
    Task RunEndedAsync(long epoch, Fault? fault);
}
