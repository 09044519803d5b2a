namespace PgCdc.Silo.Http;

/// <summary>Tells the API about the pipelines; keeps it free of grains.</summary>
public interface IPipelineStatusSource
{
    /// <summary>All pipelines, by name.</summary>
    Task<IReadOnlyList<PipelineStatusView>> ListAsync(CancellationToken cancellationToken);
}
