namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.reminder")]
public interface IReminderGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task StartAsync(string name, TimeSpan period);

    [Alias("StartAndLeave")]
    Task StartAndLeaveAsync(string name, TimeSpan period);

    [Alias("Stop")]
    Task StopAsync(string name);

    [Alias("IsRegistered")]
    Task<bool> IsRegisteredAsync(string name);
}
