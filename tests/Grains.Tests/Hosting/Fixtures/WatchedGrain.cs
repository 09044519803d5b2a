namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class WatchedGrain : Grain, IWatchedGrain
{
    private readonly HashSet<IWatcher> _watchers = [];

    public Task SubscribeAsync(IWatcher watcher)
    {
        _watchers.Add(watcher);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(IWatcher watcher)
    {
        _watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    public async Task<int> TellAsync(int number)
    {
        foreach (var watcher in _watchers)
            await watcher.SeenAsync(number);
        return _watchers.Count;
    }
}
