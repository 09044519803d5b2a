using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceActivation(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private ILifeGrain Grain => cluster.Client.GetGrain<ILifeGrain>(_key);

    [Fact]
    public async Task Grain_CalledAgain_IsTheSameActivation()
    {
        Assert.Equal(await Grain.ActivationAsync(), await Grain.ActivationAsync());
    }

    [Fact]
    public async Task DeactivateOnIdle_NextCall_ActivatesAgain()
    {
        var first = await Grain.ActivationAsync();
        await Grain.LeaveAsync();
        var second = await Grain.ActivationAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(["activated", "deactivated: ApplicationRequested", "activated"], cluster.Signals.Read(_key));
    }

    [Fact]
    public async Task Collection_OfIdleGrain_DeactivatesIt()
    {
        await Grain.ActivationAsync();
        await cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        await cluster.Signals.WaitForAsync($"{_key} deactivated");
    }

    [Fact]
    public async Task Storage_Fails_GrainSeesTheCauseInsideAnExceptionOfTheHost()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>($"unwritable {_key}");

        Assert.Equal("OrleansException around IOException", await grain.StoreFailureAsync());
    }

    [Fact]
    public async Task Activation_Fails_CallerSeesTheErrorAndTheNextCallTriesAgain()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>($"fails once {_key}");

        var error = await Assert.ThrowsAnyAsync<Exception>(grain.ActivationAsync);
        await grain.ActivationAsync();

        Assert.Contains("The first activation fails.", error.ToString(), StringComparison.Ordinal);
    }
}
