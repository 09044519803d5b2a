using Xunit;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class LifeGrain(
    Signals signals,
    Exchange exchange,
    ILocalSiloDetails silo,
    [PersistentState("count", "shared")] IPersistentState<CountState> stored) : Grain, ILifeGrain
{
    private static int _activations;

    private readonly int _activation = Interlocked.Increment(ref _activations);
    private int _remembered;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        signals.Write(Key, "activated");
        if (Key.StartsWith("fails once", StringComparison.Ordinal) && signals.Read(Key).Length == 1)
            throw new InvalidOperationException("The first activation fails.");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        signals.Write(Key, $"deactivated: {reason.ReasonCode}");
        await Task.Yield();
        signals.Hit($"{Key} deactivated");
    }

    public Task<int> ActivationAsync() => Task.FromResult(_activation);

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<SiloAddress> SiloAsync() => Task.FromResult(silo.SiloAddress);

    public Task<int> RememberAsync(int add) => Task.FromResult(_remembered += add);

    public async Task HangAsync()
    {
        exchange.Received = Key;
        signals.Hit($"{Key} hangs");
        await signals.GateAsync($"{Key} never opened");
    }

    public async Task<int> StoreAsync(int add)
    {
        stored.State = stored.State with { Count = stored.State.Count + add };
        await stored.WriteStateAsync();
        return stored.State.Count;
    }

    public async Task<string> StoreFailureAsync()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(1));
        return $"{error.GetType().Name} around {error.InnerException?.GetType().Name}";
    }
}
