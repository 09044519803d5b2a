using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceReminders(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(150);

    private readonly string _key = cluster.NewKey();

    private IReminderGrain Grain => cluster.Client.GetGrain<IReminderGrain>(_key);

    [Fact]
    public async Task Reminder_Registered_ComesAgainAndAgain()
    {
        await Grain.StartAsync(_key, Period);

        await cluster.Signals.WaitForAsync($"{_key} in the first activation", 2);
        await Grain.StopAsync(_key);
    }

    [Fact]
    public async Task Reminder_OfDeactivatedGrain_ActivatesIt()
    {
        await Grain.StartAndLeaveAsync(_key, Period);

        await cluster.Signals.WaitForAsync($"{_key} in a later activation");
        await Grain.StopAsync(_key);
    }

    [Fact]
    public async Task Reminder_Unregistered_IsGone()
    {
        await Grain.StartAsync(_key, TimeSpan.FromHours(1));
        var before = await Grain.IsRegisteredAsync(_key);
        await Grain.StopAsync(_key);

        Assert.True(before);
        Assert.False(await Grain.IsRegisteredAsync(_key));
    }

    [Fact]
    public async Task Reminder_PeriodBelowTheMinimum_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.StartAsync(_key, TimeSpan.FromMilliseconds(1)));
    }
}
