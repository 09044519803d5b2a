namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class CallsGrain(Signals signals) : Grain, ICallsGrain
{
    private int _count;

    private string Key => this.GetPrimaryKeyString();

    public async Task FailAsync(string text)
    {
        await Task.Yield();
        throw new InvalidOperationException(text);
    }

    public async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        signals.Hit($"{Key} waits");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            signals.Hit($"{Key} cancelled");
        }
    }

    public async Task OutliveCallerAsync()
    {
        await signals.GateAsync(Key);
        signals.Hit($"{Key} done");
    }

    public Task TouchAsync(CancellationToken cancellationToken)
    {
        signals.Hit($"{Key} touched");
        return Task.CompletedTask;
    }

    public ValueTask<int> AddAsync(int a, int b) => ValueTask.FromResult(a + b);

    public async Task CallBackAsync() =>
        await GrainFactory.GetGrain<ICallsGrain>($"{Key} friend").CalledBackAsync(this.AsReference<ICallsGrain>());

    public Task AddFromThreadPoolAsync(int calls)
    {
        var self = this.AsReference<ICallsGrain>();
        _ = Task.Run(async () =>
        {
            for (var call = 0; call < calls; call++)
                await self.AddSlowlyAsync();
            signals.Hit($"{Key} added");
        });
        return Task.CompletedTask;
    }

    public async Task AddSlowlyAsync()
    {
        var before = _count;
        await Task.Yield();
        _count = before + 1;
        signals.Hit(TaskScheduler.Current == TaskScheduler.Default ? $"{Key} outside" : $"{Key} inside");
        signals.Write(Key, $"{_count}");
    }

    public Task AwaitThreadPoolAsync()
    {
        var self = this.AsReference<ICallsGrain>();
        return Task.Run(self.InterleaveAsync);
    }

    public Task InterleaveAsync()
    {
        signals.Hit($"{Key} interleaved");
        return Task.CompletedTask;
    }

    public Task CalledBackAsync(ICallsGrain by)
    {
        signals.Hit($"{by.GetPrimaryKeyString()} called {Key}");
        return Task.CompletedTask;
    }
}
