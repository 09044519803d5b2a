using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceTimers(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private ITimerGrain Grain => cluster.Client.GetGrain<ITimerGrain>(_key);

    private string Ticks => $"{_key} ticks";

    private string Clock => $"{_key} clock";

    [Fact]
    public async Task Timer_Registered_TicksAgainAndAgain()
    {
        await Grain.StartAsync(Ticks, TickAction.Return);

        await cluster.Signals.WaitForAsync(Ticks, 3);
    }

    [Fact]
    public async Task Timer_CallbackThrows_GoesOn()
    {
        await Grain.StartAsync(Ticks, TickAction.Throw);

        await cluster.Signals.WaitForAsync(Ticks, 3);
    }

    [Fact]
    public async Task Timer_CallbackStillRunning_DoesNotOverlapItself()
    {
        await Grain.StartAsync(Ticks, TickAction.WaitForGate);
        await cluster.Signals.WaitForAsync(Ticks);
        await Grain.StartAsync(Clock, TickAction.ReturnInterleaving);
        await cluster.Signals.WaitForAsync(Clock, 5);
        var duringCallback = cluster.Signals.Count(Ticks);
        cluster.Signals.Open(Ticks);

        Assert.Equal(1, duringCallback);
        await cluster.Signals.WaitForAsync(Ticks, 3);
    }

    [Fact]
    public async Task Timer_RequestRunning_WaitsForItsEnd()
    {
        await Grain.StartAsync(Clock, TickAction.ReturnInterleaving);
        var held = Grain.StartAndHoldAsync(Ticks);
        await cluster.Signals.WaitForAsync($"{Ticks} held");
        await cluster.Signals.WaitForAsync(Clock, cluster.Signals.Count(Clock) + 5);
        cluster.Signals.Open(Ticks);
        await held;
        await cluster.Signals.WaitForAsync(Ticks);

        Assert.Equal(["end of hold", "tick"], cluster.Signals.Read(Ticks).Take(2));
    }

    [Fact]
    public async Task Timer_Disposed_TicksNoMore()
    {
        await Grain.StartAsync(Ticks, TickAction.Return);
        await cluster.Signals.WaitForAsync(Ticks);
        await Grain.StopAsync(Ticks);
        await Grain.StartAsync(Clock, TickAction.Return);
        await cluster.Signals.WaitForAsync(Clock);
        var ticks = cluster.Signals.Count(Ticks);
        await cluster.Signals.WaitForAsync(Clock, 5);

        Assert.Equal(ticks, cluster.Signals.Count(Ticks));
    }

    [Fact]
    public async Task Timer_RegisteredByTheActivation_Ticks()
    {
        var key = $"from activation {_key}";
        await cluster.Client.GetGrain<ITimerGrain>(key).StartAsync(Clock, TickAction.Return);

        await cluster.Signals.WaitForAsync(key, 3);
    }

    [Fact]
    public async Task Timer_KeepAlive_IsUseOfTheGrainAndAnotherTimerIsNot()
    {
        var idle = cluster.NewKey();
        await cluster.Client.GetGrain<ITimerGrain>(idle).StartAsync(Clock, TickAction.Return);
        await Grain.StartAsync(Ticks, TickAction.ReturnKeepingAlive);
        await cluster.CollectIdleAsync($"{idle} deactivated", TimeSpan.FromSeconds(1));

        Assert.Equal(0, cluster.Signals.Count($"{_key} deactivated"));
    }

    [Fact]
    public async Task Timer_InfinitePeriod_TicksOnceUntilChanged()
    {
        await Grain.StartOnceAsync(Ticks);
        await cluster.Signals.WaitForAsync(Ticks);
        await Grain.StartAsync(Clock, TickAction.Return);
        await cluster.Signals.WaitForAsync(Clock, 5);
        var ticks = cluster.Signals.Count(Ticks);
        await Grain.TickAgainAsync(Ticks);
        await cluster.Signals.WaitForAsync(Ticks, 2);

        Assert.Equal(1, ticks);
    }
}
