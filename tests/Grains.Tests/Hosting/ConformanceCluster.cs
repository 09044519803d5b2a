using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

/// <summary>
/// Two silos with memory storage, reminders and one <see cref="Signals"/> that grains and tests share. Uses only what both
/// grain hosts have.
/// </summary>
public sealed class ConformanceCluster : IAsyncLifetime
{
    private readonly SharedStorage _shared = new();

    public Signals Signals { get; } = new();

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IClusterClient Client => Cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            silo.Configure<ReminderOptions>(static options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
            silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Services.AddSingleton(Signals);
            silo.Services.AddSingleton<Exchange>();
            silo.Services.AddKeyedSingleton<IGrainStorage>("shared", _shared);
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    /// <summary>Collects grains that were idle for a time, again and again until a signal tells that one was.</summary>
    public async Task CollectIdleAsync(string signal, TimeSpan idleFor)
    {
        var seen = Signals.WaitForAsync(signal);
        while (!seen.IsCompleted)
        {
            await Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(idleFor);
            await Task.WhenAny(seen, Task.Delay(TimeSpan.FromMilliseconds(50)));
        }

        await seen;
    }

    public string NewKey() => Guid.NewGuid().ToString("N");
}
