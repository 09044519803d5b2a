using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Silo.Http;

/// <summary>Asks pipeline grains for their status.</summary>
/// <param name="grains">The way to the grains.</param>
/// <param name="names">Pipelines of this process.</param>
public sealed class GrainPipelineStatusSource(IGrainFactory grains, IReadOnlyList<string> names) : IPipelineStatusSource
{
    public async Task<IReadOnlyList<PipelineStatusView>> ListAsync(CancellationToken cancellationToken)
    {
        var statuses = await Task.WhenAll(names.Select(name => grains.GetGrain<IPipelineGrain>(name).GetStatusAsync())).WaitAsync(cancellationToken);
        return [.. statuses.Select(View)];
    }

    internal static PipelineStatusView View(PipelineStatus status) => new()
    {
        Name = status.Name,
        Status = Text(status.Condition),
        StartedAt = status.StartedAt,
        Error = status.Fault?.Message,
        SourceProblem = status.SourceProblem,
        CheckpointProblem = status.CheckpointProblem,
        Epoch = status.Epoch,
        Checkpoint = status.Checkpoint,
        Received = status.Received,
        Acked = status.Acked,
        Adapters = [.. status.Adapters.Select(adapter => View(adapter, status.Condition))],
    };

    private static AdapterStatusView View(AdapterStatus adapter, PipelineCondition pipeline) => new()
    {
        Name = adapter.Name,
        Status = pipeline is not (PipelineCondition.Running or PipelineCondition.Stopping) ? "down" : adapter.Problem is null ? "up" : "degraded",
        Unacked = adapter.Unacked,
        Error = adapter.Problem,
    };

    private static string Text(PipelineCondition condition) => condition switch
    {
        PipelineCondition.Stopped => "stopped",
        PipelineCondition.Starting => "starting",
        PipelineCondition.Running => "running",
        PipelineCondition.Stopping => "stopping",
        PipelineCondition.Paused => "paused",
        PipelineCondition.Failed => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Not a condition of a pipeline."),
    };
}
