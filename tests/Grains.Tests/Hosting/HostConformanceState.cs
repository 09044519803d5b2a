using Orleans.Storage;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceState(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private static long _lastKey;

    private readonly long _key = Interlocked.Increment(ref _lastKey) + long.MaxValue / 2;

    private IStateGrain Grain => cluster.Client.GetGrain<IStateGrain>(_key);

    [Fact]
    public async Task State_NeverWritten_IsNewAndHasNoRecord()
    {
        var stored = await Grain.GetAsync();

        Assert.Null(stored.Text);
        Assert.False(stored.RecordExists);
    }

    [Fact]
    public async Task State_Written_IsThereInTheNextActivation()
    {
        await Grain.SetAsync("kept");
        var before = await Grain.GetAsync();
        await Grain.LeaveAsync();
        var after = await Grain.GetAsync();

        Assert.Equal("kept", after.Text);
        Assert.True(after.RecordExists);
        Assert.NotEqual(before.Activation, after.Activation);
    }

    [Fact]
    public async Task State_Cleared_HasNoRecord()
    {
        await Grain.SetAsync("gone");
        await Grain.ClearAsync();

        var stored = await Grain.GetAsync();
        Assert.Null(stored.Text);
        Assert.False(stored.RecordExists);
    }

    [Fact]
    public async Task State_WrittenWithOldEtag_ThrowsInconsistentState()
    {
        await Grain.SetAsync("first");

        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.SetFromStaleCopyAsync("second"));
    }

    [Fact]
    public async Task IntegerKey_RoundTrips()
    {
        Assert.Equal(_key, await Grain.KeyAsync());
        Assert.Equal(-1, await cluster.Client.GetGrain<IStateGrain>(-1).KeyAsync());
    }
}
