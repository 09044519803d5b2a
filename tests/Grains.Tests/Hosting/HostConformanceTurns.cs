using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceTurns(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private ITurnsGrain Grain => cluster.Client.GetGrain<ITurnsGrain>(_key);

    [Fact]
    public async Task Grain_CalledInParallel_RunsOneRequestAtATime()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Grain.AddSlowlyAsync(1)));

        Assert.Equal(200, await Grain.AddSlowlyAsync(0));
    }

    [Fact]
    public async Task Request_WhileAnotherWaits_StartsAfterIt()
    {
        var first = Grain.PassGateAsync();
        await cluster.Signals.WaitForAsync(_key);
        var second = Grain.WriteAsync();
        await Grain.OpenGateAsync();
        await Task.WhenAll(first, second);

        Assert.Equal(["enter", "open", "leave", "write"], cluster.Signals.Read(_key));
    }

    [Fact]
    public async Task AlwaysInterleave_WhileAnotherRequestWaits_Runs()
    {
        var waiting = Grain.PassGateAsync();

        await Grain.OpenGateAsync();

        await waiting;
    }

    [Fact]
    public async Task ReadOnly_WithReadOnly_Interleaves()
    {
        await Task.WhenAll(Grain.MeetAsync(3), Grain.MeetAsync(3), Grain.MeetAsync(3));
    }

    [Fact]
    public async Task ReadOnly_WithOtherRequest_DoesNotInterleave()
    {
        var read = Grain.ReadGatedAsync();
        await cluster.Signals.WaitForAsync(_key);
        var write = Grain.WriteAsync();
        await Grain.OpenGateAsync();
        await Task.WhenAll(read, write);

        Assert.Equal(["read", "open", "read done", "write"], cluster.Signals.Read(_key));
    }

    [Fact]
    public async Task Await_InsideGrain_ComesBackToTheActivation()
    {
        Assert.Equal("own is default: False, outside is default: True, returned: True", await Grain.LeavesAndReturnsAsync());
    }
}
