using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceCalls(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private ICallsGrain Grain => cluster.Client.GetGrain<ICallsGrain>(_key);

    [Fact]
    public async Task Exception_InGrain_ReachesTheCallerWithItsStack()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.FailAsync("what went wrong"));

        Assert.Equal("what went wrong", error.Message);
        Assert.Contains(nameof(CallsGrain.FailAsync), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_DuringACall_ReachesTheCalleeAndEndsTheCall()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Grain.WaitForCancellationAsync(cancellation.Token);
        await cluster.Signals.WaitForAsync($"{_key} waits");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cluster.Signals.WaitForAsync($"{_key} cancelled");
    }

    [Fact]
    public async Task Cancellation_BeforeACall_KeepsItFromRunning()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.TouchAsync(new CancellationToken(canceled: true)));
        await Grain.AddAsync(1, 1);

        Assert.Equal(0, cluster.Signals.Count($"{_key} touched"));
    }

    [Fact]
    public async Task Timeout_OfTheCaller_DoesNotStopTheCallee()
    {
        await Assert.ThrowsAsync<TimeoutException>(Grain.OutliveCallerAsync);
        cluster.Signals.Open(_key);

        await cluster.Signals.WaitForAsync($"{_key} done");
    }

    [Fact]
    public async Task ValueTask_Result_ReachesTheCaller()
    {
        Assert.Equal(5, await Grain.AddAsync(2, 3));
    }

    [Fact]
    public async Task Reference_PassedToAnotherGrain_CanBeCalled()
    {
        await Grain.CallBackAsync();

        Assert.Equal(1, cluster.Signals.Count($"{_key} called {_key} friend"));
    }

    [Fact]
    public async Task Calls_FromTheThreadPoolThroughAsReference_AreRequestsOfTheirOwn()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Grain.AddFromThreadPoolAsync(25)));
        await cluster.Signals.WaitForAsync($"{_key} added", 4);

        Assert.Equal(Enumerable.Range(1, 100).Select(static count => $"{count}"), cluster.Signals.Read(_key));
        Assert.Equal((100, 0), (cluster.Signals.Count($"{_key} inside"), cluster.Signals.Count($"{_key} outside")));
    }

    [Fact]
    public async Task Call_FromTheThreadPoolIntoAWaitingGrain_RunsWhenItInterleaves()
    {
        await Grain.AwaitThreadPoolAsync();

        Assert.Equal(1, cluster.Signals.Count($"{_key} interleaved"));
    }

    [Fact]
    public void References_ToOneGrain_AreEqual()
    {
        Assert.Equal(Grain, Grain);
        Assert.Equal(Grain.GetHashCode(), Grain.GetHashCode());
        Assert.NotEqual(Grain, cluster.Client.GetGrain<ICallsGrain>("another"));
    }
}
