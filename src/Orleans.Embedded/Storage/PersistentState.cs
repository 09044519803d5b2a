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
        await GuardAsync(storage.ReadStateAsync);
        _record.State ??= New();
    }

    public Task WriteStateAsync() => GuardAsync(storage.WriteStateAsync);

    public async Task ClearStateAsync()
    {
        await GuardAsync(storage.ClearStateAsync);
        _record.State ??= New();
    }

    /// <summary>As on Orleans, what a storage throws reaches the grain inside an exception of the host.</summary>
    private async Task GuardAsync(Func<string, GrainId, IGrainState<TState>, Task> operation)
    {
        try
        {
            await operation(name, grain, _record);
        }
        catch (Exception error) when (error is not OrleansException)
        {
            throw new OrleansException($"Error from storage provider {storage.GetType().Name}.{name} for grain {grain}: {error.Message}", error);
        }
    }

    private static TState? New() => typeof(TState).GetConstructor(Type.EmptyTypes) is null && !typeof(TState).IsValueType
        ? default
        : Activator.CreateInstance<TState>();
}
