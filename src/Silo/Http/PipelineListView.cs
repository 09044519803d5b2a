namespace PgCdc.Silo.Http;

/// <summary>Body of <c>GET /api/v1/pipelines</c>.</summary>
public sealed record PipelineListView(int Count, IReadOnlyList<PipelineStatusView> Pipelines);
