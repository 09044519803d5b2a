using Orleans.Concurrency;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.timer")]
public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer that signals <paramref name="name"/> at each tick, and at each tick then does what it is told.</summary>
    [Alias("Start")]
    Task StartAsync(string name, TickAction action);

    [Alias("Stop"), AlwaysInterleave]
    Task StopAsync(string name);

    /// <summary>Starts a timer in a request that lasts until the gate <paramref name="name"/> opens.</summary>
    [Alias("StartAndHold")]
    Task StartAndHoldAsync(string name);

    /// <summary>A timer with a period that never ends: one tick, after which <c>Change</c> asks for one more.</summary>
    [Alias("StartOnce")]
    Task StartOnceAsync(string name);

    [Alias("TickAgain")]
    Task TickAgainAsync(string name);
}
