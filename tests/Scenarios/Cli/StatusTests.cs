using System.Text.Json;
using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Cli;

/// <summary>What a running pipeline tells: by <c>pgcdc status</c> over its control socket, and over HTTP.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly WorkFolder _folder = new();
    private PostgresCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PostgresCluster.StartNewAsync();
        await _cluster.ExecuteAsync("CREATE TABLE a (id int PRIMARY KEY)");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Status_ProcessRunsThenStops_IsAskedThenReadFromTheState()
    {
        await using var process = Start();
        await process.LogContainsAsync("captures changes", s_patience);
        await _cluster.ExecuteAsync("INSERT INTO a VALUES (1), (2)");
        await Eventually.HoldsAsync("the acks of both events", async () => (await StatusAsync()).GetProperty("acked").GetInt64() == 2, s_patience, process.Describe);

        var running = await StatusAsync();
        Assert.Equal("running", running.GetProperty("status").GetString());
        Assert.Equal("up", running.GetProperty("adapters")[0].GetProperty("status").GetString());

        process.Send(Signal.TERM);
        Assert.Equal(0, await process.ExitAsync(s_patience));
        var stopped = await StatusAsync();
        Assert.Equal("stopped", stopped.GetProperty("status").GetString());
        Assert.Equal(running.GetProperty("epoch").GetInt64(), stopped.GetProperty("epoch").GetInt64());
        Assert.Matches("^[0-9A-F]+/[0-9A-F]+$", stopped.GetProperty("checkpoint").GetString());
    }

    [Fact]
    public async Task Status_UnknownPipeline_IsOneError()
    {
        await using var process = Start();
        await process.LogContainsAsync("captures changes", s_patience);

        var (exitCode, _, errors) = await _folder.RunAsync("status pgcdc_al --state-dir state");

        Assert.Equal(1, exitCode);
        Assert.Equal("Error: pipeline 'pgcdc_al' has no state in 'state'; did you mean pgcdc_all?; set --state-dir to where it runs", errors);
    }

    [Fact]
    public async Task Http_PipelineRuns_HealthReadinessAndMetricsTellSo()
    {
        await using var process = Start("--metrics-addr", "127.0.0.1:0");
        await process.LogContainsAsync("Metrics are served", s_patience);
        var address = process.Log.First(line => line.Contains("Metrics are served", StringComparison.Ordinal)).Split("address=")[1].Split(' ')[0].Trim('"');
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await process.LogContainsAsync("captures changes", s_patience);
        await _cluster.ExecuteAsync("INSERT INTO a VALUES (1), (2)");

        Assert.Equal("{\"ready\":true}", await http.GetStringAsync(new Uri("readyz", UriKind.Relative)));
        var health = JsonDocument.Parse(await http.GetStringAsync(new Uri("healthz", UriKind.Relative))).RootElement;
        Assert.Equal("up", health.GetProperty("status").GetString());
        await Eventually.HoldsAsync(
            "the delivered events in the metrics",
            async () => (await http.GetStringAsync(new Uri("metrics", UriKind.Relative))).Contains("pgcdc_events_delivered_total{adapter=\"file\"} 2\n", StringComparison.Ordinal),
            s_patience,
            process.Describe);
    }

    private PgCdcProcess Start(params string[] more) => PgCdcProcess.Start(
        [
            "listen", "--all-tables", "--db", _cluster.UriFor("postgres"), "--persistent-slot", "--state-dir", "state", "-a", "file", "--file-path", "out.jsonl",
            .. more,
        ],
        _folder.Path);

    private async Task<JsonElement> StatusAsync()
    {
        var (exitCode, output, errors) = await _folder.RunAsync("status --state-dir state -o json");
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("pipelines")[0];
    }
}
