using Microsoft.Extensions.Logging;
using PgCdc.Connectors;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Silo.Logging;
using PgCdc.Silo.Pipelines;

namespace PgCdc.Silo;

/// <summary>Runs one pipeline in this process.</summary>
public static class PipelineProcess
{
    /// <summary>Runs until the stop token is cancelled or the pipeline ends.</summary>
    /// <returns>Exit code: 0 after a graceful stop, 1 after an error, which is written to <paramref name="errors"/>.</returns>
    public static async Task<int> RunAsync(ListenConfiguration configuration, TextWriter errors, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(errors);
        using var logs = new LineLoggerProvider(errors, configuration.LogFormat, configuration.LogLevel, TimeProvider.System);
        await using var host = await PipelineHost.OpenAsync(configuration, BuiltInConnectors.Catalog(), logs, stop);
        var fault = await RunAsync(host, configuration, logs.CreateLogger(typeof(PipelineProcess).FullName!), stop);
        if (fault is null)
            return 0;

        await errors.WriteLineAsync($"Error: {fault.Message}");
        return 1;
    }

    private static async Task<Fault?> RunAsync(PipelineHost host, ListenConfiguration configuration, ILogger log, CancellationToken stop)
    {
        try
        {
            if (await host.StartAsync(stop) is { } refused)
                return refused;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await host.StopAsync();
            return null;
        }

        Log.PipelineRuns(log, configuration.Pipeline.Name);
        var reloading = ReloadAsync(host, configuration.Reload, log, stop);
        var fault = await host.WatchAsync(stop);
        if (fault is null)
            await host.StopAsync();

        if (stop.IsCancellationRequested)
            await reloading;

        return fault;
    }

    private static async Task ReloadAsync(PipelineHost host, ConfigurationReload? reload, ILogger log, CancellationToken stop)
    {
        while (reload is not null && !stop.IsCancellationRequested)
        {
            try
            {
                await reload.WaitAsync(stop);
                if (await host.ReloadAsync(reload.Read()) is { } fault)
                    NotReloaded(host, log, fault.Message);
                else
                    Reloaded(host, log);
            }
            catch (ConfigurationException error)
            {
                NotReloaded(host, log, error.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static void Reloaded(PipelineHost host, ILogger log)
    {
        host.Metrics.ConfigReloaded();
        Log.Reloaded(log);
    }

    private static void NotReloaded(PipelineHost host, ILogger log, string reason)
    {
        host.Metrics.ConfigReloadFailed();
        Log.NotReloaded(log, reason);
    }
}
