using Orleans.TestingHost;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceTurns
{
    [Fact]
    public async Task Grain_CalledInParallel_RunsOneRequestAtATime()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var counter = cluster.Client.GetGrain<ICounterGrain>("turns");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => counter.AddSlowlyAsync(1)));

        Assert.Equal(200, await counter.AddSlowlyAsync(0));
        Assert.Equal("turns", await counter.KeyAsync());
    }
}
