using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Silo.Hosting;
using Xunit;

namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>Two silos with the pipeline grains, connectors in memory and storage that can fail. Uses only what both grain hosts have.</summary>
public sealed class PipelineCluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    internal FaultyStorage Storage { get; } = new();

    public IClusterClient Client => _cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Services.AddKeyedSingleton<IGrainStorage>(GrainStorageNames.State, Storage);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddPipelines(ConnectorCatalog.Of(typeof(MemorySourceConnector), typeof(MemorySinkConnector)), new PgCdcMetrics());
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    public IPipelineGrain Pipeline(string name) => Client.GetGrain<IPipelineGrain>(name);

    public IAdapterGrain Adapter(string pipeline, string name) => Client.GetGrain<IAdapterGrain>(GrainKeys.Adapter(pipeline, name));

    public Task UntilAsync(string pipeline, PipelineCondition condition) =>
        Eventually.AsTrue(async () => (await Pipeline(pipeline).GetStatusAsync()).Condition == condition, $"condition {condition}");

    /// <summary>Kills the silo that a pipeline runs on.</summary>
    internal async Task KillHomeAsync(GrainWorld world)
    {
        var home = _cluster.Silos.Single(silo => ReferenceEquals(silo.ServiceProvider.GetRequiredService<PgCdcMetrics>(), world.Home));
        await _cluster.KillSiloAsync(home);
        await _cluster.WaitForLivenessToStabilizeAsync(didKill: true);
    }
}
