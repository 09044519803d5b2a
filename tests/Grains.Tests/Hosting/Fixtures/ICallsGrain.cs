using Orleans.Concurrency;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.calls")]
public interface ICallsGrain : IGrainWithStringKey
{
    [Alias("Fail")]
    Task FailAsync(string text);

    [Alias("WaitForCancellation")]
    Task WaitForCancellationAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the gate of the key; the caller gives up much sooner.</summary>
    [Alias("OutliveCaller"), ResponseTimeout("00:00:00.200")]
    Task OutliveCallerAsync();

    [Alias("Touch")]
    Task TouchAsync(CancellationToken cancellationToken);

    [Alias("Add")]
    ValueTask<int> AddAsync(int a, int b);

    [Alias("CallBack")]
    Task CallBackAsync();

    /// <summary>Leaves behind work on the thread pool that adds to this grain through its own reference, one call after the other.</summary>
    [Alias("AddFromThreadPool")]
    Task AddFromThreadPoolAsync(int calls);

    /// <summary>Reads, yields, writes: loses counts if two requests of it overlap.</summary>
    [Alias("AddSlowly")]
    Task AddSlowlyAsync();

    /// <summary>Waits for work on the thread pool, which calls back meanwhile.</summary>
    [Alias("AwaitThreadPool")]
    Task AwaitThreadPoolAsync();

    [Alias("Interleave"), AlwaysInterleave]
    Task InterleaveAsync();

    [Alias("CalledBack")]
    Task CalledBackAsync(ICallsGrain by);
}
