using PgCdc.Engine.Diagnostics;
using PgCdc.Silo.Metrics;

namespace PgCdc.Silo.Http;

/// <summary>Health, metrics and the read part of the REST API; the same for the metrics server and the control socket.</summary>
public sealed class ManagementEndpoints(Health health, MetricsCollector metrics, IPipelineStatusSource pipelines)
{
    private const string PipelinesPath = "/api/v1/pipelines";

    /// <param name="method">Method of the request.</param>
    /// <param name="path">Path without its query, decoded.</param>
    /// <param name="withApi">Whether the REST API is served here.</param>
    /// <param name="cancellationToken">Ends when the client left or the server stops.</param>
    internal async Task<HttpAnswer> AnswerAsync(string method, string path, bool withApi, CancellationToken cancellationToken)
    {
        if (method != "GET")
        {
            return HttpAnswer.Refuse(405, $"method {method} is not served here; use GET");
        }

        return path switch
        {
            "/healthz" => await HealthzAsync(cancellationToken),
            "/readyz" => await ReadyzAsync(cancellationToken),
            "/metrics" => HttpAnswer.OfText(200, MetricsCollector.ContentType, metrics.Write()),
            PipelinesPath when withApi => await ListAsync(cancellationToken),
            _ when withApi && path.StartsWith(PipelinesPath + "/", StringComparison.Ordinal) =>
                await GetAsync(path[(PipelinesPath.Length + 1)..], cancellationToken),
            _ => HttpAnswer.Refuse(404, $"{path} is not served here"),
        };
    }

    private async Task<HttpAnswer> HealthzAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        var report = health.Report();
        return HttpAnswer.OfJson(report.Status == HealthState.Down ? 503 : 200, HealthJson.Report(report));
    }

    private async Task<HttpAnswer> ReadyzAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return HttpAnswer.OfJson(health.IsReady ? 200 : 503, HealthJson.Ready(health.IsReady));
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in await pipelines.ListAsync(cancellationToken))
        {
            PipelineHealth.Refresh(health, pipeline);
        }
    }

    private async Task<HttpAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var views = await pipelines.ListAsync(cancellationToken);
        return HttpAnswer.OfJson(200, new PipelineListView(views.Count, views), ApiJson.Default.PipelineListView);
    }

    private async Task<HttpAnswer> GetAsync(string name, CancellationToken cancellationToken)
    {
        var views = await pipelines.ListAsync(cancellationToken);
        return views.FirstOrDefault(view => view.Name == name) is { } found
            ? HttpAnswer.OfJson(200, found, ApiJson.Default.PipelineStatusView)
            : HttpAnswer.Refuse(404, $"pipeline '{name}' not found");
    }
}
