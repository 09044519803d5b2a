namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.watcher")]
public interface IWatcher : IGrainObserver
{
    [Alias("Seen")]
    Task SeenAsync(int number);
}
