using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceObservers(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private IWatchedGrain Grain => cluster.Client.GetGrain<IWatchedGrain>(_key);

    [Fact]
    public async Task Observer_Subscribed_IsToldInOrder()
    {
        var watcher = new Watcher();
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        await Grain.SubscribeAsync(reference);
        foreach (var number in Enumerable.Range(1, 5))
            await Grain.TellAsync(number);

        Assert.Equal([1, 2, 3, 4, 5], watcher.Numbers);
        cluster.Client.DeleteObjectReference<IWatcher>(reference);
    }

    [Fact]
    public async Task Observer_ReferenceSentTwice_IsTheSame()
    {
        var watcher = new Watcher();
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        await Grain.SubscribeAsync(reference);
        await Grain.SubscribeAsync(reference);
        var whenSubscribedTwice = await Grain.TellAsync(1);
        await Grain.UnsubscribeAsync(reference);

        Assert.Equal(1, whenSubscribedTwice);
        Assert.Equal(0, await Grain.TellAsync(2));
        Assert.Equal([1], watcher.Numbers);
        cluster.Client.DeleteObjectReference<IWatcher>(reference);
    }

    private sealed class Watcher : IWatcher
    {
        public List<int> Numbers { get; } = [];

        public Task SeenAsync(int number)
        {
            Numbers.Add(number);
            return Task.CompletedTask;
        }
    }
}
