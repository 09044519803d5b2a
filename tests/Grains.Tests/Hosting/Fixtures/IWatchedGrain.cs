namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.watched")]
public interface IWatchedGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task SubscribeAsync(IWatcher watcher);

    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(IWatcher watcher);

    /// <summary>Tells the watchers and gives back how many there are.</summary>
    [Alias("Tell")]
    Task<int> TellAsync(int number);
}
