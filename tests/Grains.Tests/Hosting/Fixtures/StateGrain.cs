namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class StateGrain(
    [PersistentState("text")] IPersistentState<TextState> state,
    [PersistentState("text")] IPersistentState<TextState> staleCopy) : Grain, IStateGrain
{
    private static int _activations;

    private readonly int _activation = Interlocked.Increment(ref _activations);

    public async Task SetAsync(string text)
    {
        state.State = state.State with { Text = text };
        await state.WriteStateAsync();
    }

    public Task<StoredText> GetAsync() => Task.FromResult(new StoredText(state.State.Text, state.RecordExists, _activation));

    public async Task SetFromStaleCopyAsync(string text)
    {
        staleCopy.State = staleCopy.State with { Text = text };
        await staleCopy.WriteStateAsync();
    }

    public Task ClearAsync() => state.ClearStateAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
}
