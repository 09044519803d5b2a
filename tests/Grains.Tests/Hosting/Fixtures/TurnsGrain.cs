namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class TurnsGrain(Signals signals) : Grain, ITurnsGrain
{
    private int _count;
    private int _inside;

    private string Key => this.GetPrimaryKeyString();

    public async Task<int> AddSlowlyAsync(int amount)
    {
        var before = _count;
        await Task.Yield();
        _count = before + amount;
        return _count;
    }

    public async Task PassGateAsync()
    {
        signals.Write(Key, "enter");
        signals.Hit(Key);
        await signals.GateAsync(Key);
        signals.Write(Key, "leave");
    }

    public Task OpenGateAsync()
    {
        signals.Write(Key, "open");
        signals.Open(Key);
        return Task.CompletedTask;
    }

    public async Task MeetAsync(int count)
    {
        if (++_inside == count)
            signals.Open(Key);
        await signals.GateAsync(Key);
    }

    public async Task ReadGatedAsync()
    {
        signals.Write(Key, "read");
        signals.Hit(Key);
        await signals.GateAsync(Key);
        signals.Write(Key, "read done");
    }

    public Task WriteAsync()
    {
        signals.Write(Key, "write");
        return Task.CompletedTask;
    }

    public async Task<string> LeavesAndReturnsAsync()
    {
        var own = TaskScheduler.Current;
        var outside = await Task.Run(static () => TaskScheduler.Current);
        await Task.Yield();
        return $"own is default: {own == TaskScheduler.Default}, outside is default: {outside == TaskScheduler.Default}, "
            + $"returned: {TaskScheduler.Current == own}";
    }
}
