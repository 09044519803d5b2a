using Orleans.Concurrency;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.turns")]
public interface ITurnsGrain : IGrainWithStringKey
{
    /// <summary>Reads, yields, writes: loses counts if two requests of it overlap.</summary>
    [Alias("AddSlowly")]
    Task<int> AddSlowlyAsync(int amount);

    /// <summary>Waits in the middle of the request until the gate of the grain's key opens.</summary>
    [Alias("PassGate")]
    Task PassGateAsync();

    [Alias("OpenGate"), AlwaysInterleave]
    Task OpenGateAsync();

    /// <summary>Ends only when <paramref name="count"/> such calls are inside at once.</summary>
    [Alias("Meet"), ReadOnly]
    Task MeetAsync(int count);

    [Alias("ReadGated"), ReadOnly]
    Task ReadGatedAsync();

    [Alias("Write")]
    Task WriteAsync();

    [Alias("LeavesAndReturns")]
    Task<string> LeavesAndReturnsAsync();
}
