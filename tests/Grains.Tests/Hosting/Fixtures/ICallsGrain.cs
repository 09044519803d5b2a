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

    [Alias("CalledBack")]
    Task CalledBackAsync(ICallsGrain by);
}
