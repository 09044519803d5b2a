using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;

namespace PgCdc.Client.Cli.Validation;

/// <summary>Checks a configuration part by part: the whole, each connector's options, each connection.</summary>
internal sealed class ConfigurationCheck(ConnectorCatalog catalog, bool connects)
{
    private const string NotMeasured = "-";

    public async Task<IReadOnlyList<CheckRow>> RunAsync(Func<ListenConfiguration> read, CancellationToken cancellationToken)
    {
        PipelineDefinition pipeline;
        try
        {
            pipeline = read().Pipeline;
        }
        catch (ConfigurationException e)
        {
            return [.. e.Problems.Select(problem => new CheckRow("config", CheckStatus.Fail, NotMeasured, problem))];
        }

        using var metrics = new PgCdcMetrics();
        var rows = new List<CheckRow> { new("config", CheckStatus.Ok, NotMeasured, $"pipeline {pipeline.Name}") };
        await CheckAsync(rows, $"detector/{pipeline.Detector.Type}", pipeline.Detector, definition => catalog.CreateDetector(definition.Type, definition.Values, Context(pipeline, definition, metrics)), cancellationToken);
        foreach (var adapter in pipeline.Adapters)
            await CheckAsync(rows, $"adapter/{adapter.Name}", adapter, definition => catalog.CreateAdapter(definition.Type, definition.Values, Context(pipeline, definition, metrics)), cancellationToken);
        return rows;
    }

    private async Task CheckAsync(List<CheckRow> rows, string component, ConnectorDefinition definition, Func<ConnectorDefinition, object> create, CancellationToken cancellationToken)
    {
        object connector;
        try
        {
            connector = create(definition);
            rows.Add(new CheckRow($"spec/{definition.Type}", CheckStatus.Ok, NotMeasured, $"{definition.Values.Count} values given"));
        }
        catch (ConfigurationException e)
        {
            rows.AddRange(e.Problems.Select(problem => new CheckRow($"spec/{definition.Type}", CheckStatus.Fail, NotMeasured, problem)));
            return;
        }

        rows.Add(await ConnectAsync(component, connector, cancellationToken));
        if (connector is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    private async Task<CheckRow> ConnectAsync(string component, object connector, CancellationToken cancellationToken)
    {
        if (connector is not IValidateConnection validates) return new CheckRow(component, CheckStatus.Skip, NotMeasured, "nothing to connect to");
        if (!connects) return new CheckRow(component, CheckStatus.Skip, NotMeasured, "offline");
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await validates.ValidateConnectionAsync(cancellationToken);
            return new CheckRow(component, CheckStatus.Ok, Since(started), "could start");
        }
        catch (PgCdcException e)
        {
            return new CheckRow(component, CheckStatus.Fail, Since(started), e.Message);
        }
    }

    private static ConnectorContext Context(PipelineDefinition pipeline, ConnectorDefinition definition, PgCdcMetrics metrics) => new()
    {
        Pipeline = pipeline.Name,
        Name = definition.Name,
        Loggers = NullLoggerFactory.Instance,
        Metrics = metrics,
        Time = TimeProvider.System,
        Random = new Random(),
    };

    private static string Since(long started) => $"{(long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds}ms";
}
