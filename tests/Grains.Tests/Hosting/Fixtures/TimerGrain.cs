namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class TimerGrain(Signals signals) : Grain, ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, IGrainTimer> _timers = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        if (key.StartsWith("from activation", StringComparison.Ordinal))
            this.RegisterGrainTimer(() => TickAsync(key, TickAction.Return), Soon, Soon);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        signals.Hit($"{this.GetPrimaryKeyString()} deactivated");
        return Task.CompletedTask;
    }

    public Task StartAsync(string name, TickAction action)
    {
        _timers[name] = this.RegisterGrainTimer(
            (timer, _) => TickAsync(timer.name, timer.action),
            (name, action),
            new GrainTimerCreationOptions(Soon, Soon)
            {
                Interleave = action is TickAction.WaitForGate or TickAction.ReturnInterleaving,
                KeepAlive = action is TickAction.ReturnKeepingAlive,
            });
        return Task.CompletedTask;
    }

    public Task StopAsync(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public async Task StartAndHoldAsync(string name)
    {
        await StartAsync(name, TickAction.Return);
        signals.Hit($"{name} held");
        await signals.GateAsync(name);
        signals.Write(name, "end of hold");
    }

    public Task StartOnceAsync(string name)
    {
        _timers[name] = this.RegisterGrainTimer(() => TickAsync(name, TickAction.Return), Soon, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task TickAgainAsync(string name)
    {
        _timers[name].Change(Soon, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private async Task TickAsync(string name, TickAction action)
    {
        signals.Write(name, "tick");
        signals.Hit(name);
        if (action == TickAction.Throw)
            throw new InvalidOperationException("A tick that fails.");
        if (action == TickAction.WaitForGate)
            await signals.GateAsync(name);
    }
}
