namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _count;

    public async Task<int> AddSlowlyAsync(int amount)
    {
        var before = _count;
        await Task.Yield();
        _count = before + amount;
        return _count;
    }

    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());
}
