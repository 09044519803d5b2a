using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Silo.Http;

namespace PgCdc.Silo.Pipelines;

/// <summary>Asks pipeline grains how they are.</summary>
/// <param name="grains">The way to the grains.</param>
/// <param name="names">Pipelines of this process.</param>
internal sealed class GrainStatusSource(IGrainFactory grains, IReadOnlyList<string> names) : IPipelineStatusSource
{
    public async Task<IReadOnlyList<PipelineStatusView>> ListAsync(CancellationToken cancellationToken)
    {
        var statuses = await Task.WhenAll(names.Select(name => grains.GetGrain<IPipelineGrain>(name).GetStatusAsync())).WaitAsync(cancellationToken);
        return [.. statuses.Select(View)];
    }

    private static PipelineStatusView View(PipelineStatus status) => new()
    {
        Name = status.Name,
        Status = status.Condition is PipelineCondition.Failed ? "error" : status.Condition.ToString().ToLowerInvariant(),
        StartedAt = status.StartedAt,
        Error = status.Fault?.Message ?? status.SourceProblem ?? status.CheckpointProblem,
        Epoch = status.Epoch,
        Checkpoint = status.Checkpoint,
        Adapters = [.. status.Adapters.Select(View)],
    };

    private static AdapterStatusView View(AdapterStatus adapter) => new()
    {
        Name = adapter.Name,
        Status = adapter.Problem is null ? "up" : "degraded",
        Unacked = adapter.Unacked,
        Error = adapter.Problem,
    };
}
