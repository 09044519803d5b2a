using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Silo.Hosting;
using PgCdc.Silo.Http;
using PgCdc.Silo.Metrics;

namespace PgCdc.Silo.Pipelines;

/// <summary>A process that runs one pipeline: its state, its silo, and the doors to the outside that were asked for.</summary>
public sealed class PipelineHost : IAsyncDisposable
{
    private static readonly TimeSpan s_startInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromMilliseconds(250);

    private readonly ListenConfiguration _configuration;
    private readonly PipelineState? _state;
    private readonly IHost _silo;
    private readonly IPipelineGrain _pipeline;
    private readonly Health _health = new(TimeProvider.System);
    private readonly MetricsCollector _collector;
    private readonly List<IAsyncDisposable> _doors = [];
    private readonly ILogger _log;

    private PipelineHost(ListenConfiguration configuration, PipelineState? state, IHost silo, PgCdcMetrics metrics)
    {
        _configuration = configuration;
        _state = state;
        _silo = silo;
        Metrics = metrics;
        _log = silo.Services.GetRequiredService<ILoggerFactory>().CreateLogger<PipelineHost>();
        _collector = new MetricsCollector(metrics);
        _pipeline = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IPipelineGrain>(configuration.Pipeline.Name);
    }

    internal PgCdcMetrics Metrics { get; }

    /// <summary>Opens state and silo; the pipeline does not run yet.</summary>
    /// <exception cref="Errors.PgCdcException">The state is in use or damaged, or an address cannot be served.</exception>
    public static async Task<PipelineHost> OpenAsync(
        ListenConfiguration configuration, ConnectorCatalog catalog, ILoggerProvider logs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logs));
        var state = PipelineState.Open(configuration, loggers);
        var metrics = new PgCdcMetrics();
        var host = new PipelineHost(configuration, state, LocalSilo.Build(catalog, metrics, state?.Journal, logs), metrics);
        try
        {
            await host._silo.StartAsync(cancellationToken);
            await host.OpenDoorsAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the pipeline and returns when its source is reached.</summary>
    /// <returns>Null, or why it did not start.</returns>
    public async Task<Fault?> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await _pipeline.StartAsync(_configuration.Pipeline);
            while (status.Condition is PipelineCondition.Starting)
            {
                await Task.Delay(s_startInterval, cancellationToken);
                status = await StatusAsync();
            }

            return status.Fault;
        }
        catch (OrleansException error)
        {
            // The grain could not even be activated, as with a state that it does not understand.
            return Fault.Of(error, ErrorCode.StateUnavailable);
        }
    }

    /// <summary>Returns when the pipeline ends by itself, or the token is cancelled.</summary>
    /// <returns>Why it ended; null when the token was cancelled.</returns>
    public async Task<Fault?> WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var status = await StatusAsync();
            if (status.Condition is not (PipelineCondition.Running or PipelineCondition.Starting))
                return status.Fault;

            await Task.Delay(s_watchInterval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>Where the pipeline stands.</summary>
    public async Task<PipelineStatus> StatusAsync()
    {
        var status = await _pipeline.GetStatusAsync();
        foreach (var adapter in status.Adapters)
            Metrics.QueueDepth(adapter.Name, adapter.Unacked);

        return status;
    }

    /// <summary>Takes over another definition while the pipeline runs.</summary>
    /// <returns>Null, or why nothing was changed.</returns>
    public Task<Fault?> ReloadAsync(ListenConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return _pipeline.ReloadAsync(configuration.Pipeline);
    }

    /// <summary>Drains and stops the pipeline.</summary>
    public async Task StopAsync()
    {
        var status = await _pipeline.StopAsync();
        while (status.Condition is PipelineCondition.Stopping)
        {
            await Task.Delay(s_startInterval);
            status = await StatusAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
            await door.DisposeAsync();

        await _silo.StopAsync();
        _silo.Dispose();
        _collector.Dispose();
        Metrics.Dispose();
        _state?.Dispose();
    }

    private async Task OpenDoorsAsync(CancellationToken cancellationToken)
    {
        var statuses = new GrainPipelineStatusSource(_silo.Services.GetRequiredService<IGrainFactory>(), [_configuration.Pipeline.Name]);
        var endpoints = new ManagementEndpoints(_health, _collector, statuses);
        if (_state is not null)
            _doors.Add(ControlSocket.Start(_state.ControlSocket, endpoints));

        if (_configuration.MetricsAddress is { } address)
        {
            var server = await MetricsServer.StartAsync(new MetricsServerOptions(address), endpoints, cancellationToken);
            _doors.Add(server);
            Log.MetricsServed(_log, server.Address);
        }
    }
}
