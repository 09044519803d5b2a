using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

/// <summary>Each fact has a cluster of its own, because it does not leave it whole.</summary>
public sealed class HostConformanceSiloDeath : IAsyncLifetime
{
    private readonly ConformanceCluster _cluster = new();
    private readonly string _key = Guid.NewGuid().ToString("N");

    private ILifeGrain Grain => _cluster.Client.GetGrain<ILifeGrain>(_key);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task KilledSilo_ItsGrains_LiveOnElsewhereWithoutMemory()
    {
        await Grain.RememberAsync(7);
        await Grain.StoreAsync(7);
        var home = await Grain.SiloAsync();
        await _cluster.Cluster.KillSiloAsync(SiloAt(home));
        await _cluster.Cluster.WaitForLivenessToStabilizeAsync(didKill: true);

        Assert.Equal(1, await UntilReachableAsync(() => Grain.RememberAsync(1)));
        Assert.Equal(8, await Grain.StoreAsync(1));
        Assert.NotEqual(home, await Grain.SiloAsync());
    }

    [Fact]
    public async Task KilledSilo_PendingCall_Fails()
    {
        var pending = Grain.HangAsync();
        await _cluster.Signals.WaitForAsync($"{_key} hangs");
        await _cluster.Cluster.KillSiloAsync(SiloOf(_key));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => pending.WaitAsync(TimeSpan.FromSeconds(40)));
        Assert.True(error is OrleansException or TimeoutException, error.ToString());
    }

    [Fact]
    public async Task StoppedSilo_ItsGrains_AreDeactivatedAndLiveOnElsewhere()
    {
        var home = await Grain.SiloAsync();
        await _cluster.Cluster.StopSiloAsync(SiloAt(home));

        Assert.Equal(1, _cluster.Signals.Count($"{_key} deactivated"));
        Assert.NotEqual(home, await UntilReachableAsync(Grain.SiloAsync));
        Assert.Contains("deactivated: ShuttingDown", _cluster.Signals.Read(_key));
    }

    [Fact]
    public async Task AdditionalSilo_Started_IsAMember()
    {
        await _cluster.Cluster.StartAdditionalSiloAsync();
        await _cluster.Cluster.WaitForLivenessToStabilizeAsync();

        var hosts = await _cluster.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        Assert.Equal(3, hosts.Count);
        Assert.All(hosts.Values, static status => Assert.Equal(SiloStatus.Active, status));
    }

    [Fact]
    public void Silos_HaveServicesOfTheirOwn()
    {
        var services = _cluster.Cluster.Silos.Select(static silo => silo.ServiceProvider).ToArray();

        Assert.NotSame(services[0], services[1]);
        Assert.NotSame(services[0].GetService(typeof(Exchange)), services[1].GetService(typeof(Exchange)));
    }

    private InProcessSiloHandle SiloAt(SiloAddress address) => _cluster.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));

    /// <summary>The silo whose exchange saw the grain hang; asking the grain itself would wait behind the hanging call.</summary>
    private InProcessSiloHandle SiloOf(string key) =>
        _cluster.Cluster.Silos.Single(silo => silo.ServiceProvider.GetRequiredService<Exchange>().Received as string == key);

    /// <summary>Right after a death calls may still be rejected; callers try again.</summary>
    private static async Task<T> UntilReachableAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (attempt < 20 && error is OrleansException or TimeoutException)
            {
            }
        }
    }
}
