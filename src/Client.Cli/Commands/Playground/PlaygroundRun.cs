using Npgsql;
using PgCdc.Configuration;
using PgCdc.Connectors;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Silo.Logging;
using PgCdc.Silo.Pipelines;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>One playground from its database to its summary.</summary>
internal sealed class PlaygroundRun(PlaygroundOptions options, CliContext context, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private readonly ChangeCounts _generated = new();
    private readonly ChangeCounts _delivered = new();
    private readonly LatencyHistogram _latency = new();

    /// <returns>Exit code: 0 when everything that was committed was delivered, once.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var folder = PlaygroundFolder.Open();
        await using var server = options.Database is null ? await StartServerAsync(folder, stop) : null;
        var url = options.Database ?? server!.Url;
        await using var database = Databases.Open(new Secret(url), "database_url");
        try
        {
            await PlayAsync(url, folder.State, database, stop);
        }
        catch (NpgsqlException error)
        {
            throw new PlaygroundException($"The database failed: {(error.InnerException ?? error).Message.TrimEnd('.')}; check --db and that the server runs.");
        }
        return Summarize();
    }

    private async Task<PrivateServer> StartServerAsync(PlaygroundFolder folder, CancellationToken stop)
    {
        var programs = await ServerPrograms.FindOrInstallAsync(context.Errors, stop);
        return await PrivateServer.StartAsync(programs, await folder.ServerFolderAsync(context.Errors, stop), context.Errors, stop);
    }

    private async Task PlayAsync(string url, string stateDirectory, NpgsqlDataSource database, CancellationToken stop)
    {
        var schema = new ShopSchema(database);
        await schema.CreateAsync(stop);
        try
        {
            await StreamAsync(url, stateDirectory, database, stop);
        }
        finally
        {
            await schema.RemoveAsync(time);
        }
    }

    private async Task StreamAsync(string url, string stateDirectory, NpgsqlDataSource database, CancellationToken stop)
    {
        var configuration = PlaygroundPipeline.Configure(url, options, stateDirectory);
        var catalog = BuiltInConnectors.Catalog().With(new ObserverConnector(new DeliveryObserver(_delivered, _latency, time)));
        using var logs = new LineLoggerProvider(context.Errors, configuration.LogFormat, configuration.LogLevel, time);
        await using var host = await PipelineHost.OpenAsync(configuration, catalog, logs, stop);
        if (await host.StartAsync(stop) is { } refused)
            throw new PlaygroundException(refused.Message);

        await context.Errors.WriteLineAsync(Announcement());
        await GenerateAsync(host, database, stop);
        await host.StopAsync();
    }

    private async Task GenerateAsync(PipelineHost host, NpgsqlDataSource database, CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        using var faulted = new CancellationTokenSource();
        using var generating = CancellationTokenSource.CreateLinkedTokenSource(stop, faulted.Token);
        var status = new StatusLine(database, _delivered, _latency, () => FiguresAsync(host), context.Errors, StatusWidth(), time).RunAsync(ended.Token);
        var watch = WatchAsync(host, faulted, ended.Token);
        try
        {
            await new ShopGenerator(database, options, _generated, time).RunAsync(generating.Token);
            await CatchUpAsync(faulted.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await status;
        }
        await watch;
    }

    /// <summary>A pipeline that ends by itself ends the playground.</summary>
    private static async Task WatchAsync(PipelineHost host, CancellationTokenSource faulted, CancellationToken ended)
    {
        if (await host.WatchAsync(ended) is not { } fault)
            return;
        await faulted.CancelAsync();
        throw new PlaygroundException(fault.Message);
    }

    /// <summary>Waits for what was committed last; gives up when nothing more arrives.</summary>
    private async Task CatchUpAsync(CancellationToken faulted)
    {
        var (seen, since) = (_delivered.Total, time.GetTimestamp());
        while (!faulted.IsCancellationRequested && _delivered.Total < _generated.Total && time.GetElapsedTime(since) < s_patience)
        {
            await Task.Delay(s_interval, time, CancellationToken.None);
            if (_delivered.Total > seen)
                (seen, since) = (_delivered.Total, time.GetTimestamp());
        }
    }

    private static async Task<PipelineFigures> FiguresAsync(PipelineHost host)
    {
        var status = await host.StatusAsync();
        return new PipelineFigures(status.Received - status.Acked, status.Checkpoint);
    }

    private string Announcement()
    {
        var end = options.Duration > TimeSpan.Zero ? $"for {options.Duration.TotalSeconds:0.#} s" : "until Ctrl-C";
        return $"Capturing schema '{ShopSchema.Name}' through slot '{ShopSchema.Slot}': about {options.Rate} changes/s {end}";
    }

    /// <summary>Rewriting a line makes sense only on a terminal that events do not scroll through.</summary>
    private int StatusWidth() => !Console.IsErrorRedirected && (options.Quiet || Console.IsOutputRedirected) ? Console.WindowWidth : 0;

    private int Summarize()
    {
        var summary = new Summary(_generated, _delivered);
        summary.Write(context.Errors);
        context.Errors.WriteLine(summary.IsEqual
            ? "Every committed change was delivered exactly once."
            : "Generated and delivered differ.");
        return summary.IsEqual ? 0 : 1;
    }
}
