using Orleans.Embedded.Activations;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Storage;

/// <summary>One record of one activation.</summary>
internal sealed class PersistentState<TState>(string name, GrainId grain, IGrainStorage storage) : IPersistentState<TState>, IStoredState
{
    private readonly GrainState<TState> _record = new(New());

    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public async Task ReadStateAsync()
    {
        await storage.ReadStateAsync(name, grain, _record);
        _record.State ??= New();
    }

    public Task WriteStateAsync() => storage.WriteStateAsync(name, grain, _record);

    public async Task ClearStateAsync()
    {
        await storage.ClearStateAsync(name, grain, _record);
        _record.State ??= New();
    }

    private static TState? New() => typeof(TState).GetConstructor(Type.EmptyTypes) is null && !typeof(TState).IsValueType
        ? default
        : Activator.CreateInstance<TState>();
}
