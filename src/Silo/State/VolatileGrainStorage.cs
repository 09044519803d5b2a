using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;

namespace PgCdc.Silo.State;

/// <summary>Grain state of one process that ends with it, as the same JSON that a journal holds; the etag is a version. Thread safe.</summary>
public sealed class VolatileGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), Entry> _entries = new();
    private long _lastVersion;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (_entries.TryGetValue((stateName, grainId), out var entry))
            Set(grainState, StateJson.Deserialize<T>(entry.Json)!, entry.Etag);
        else
            Set(grainState, Activator.CreateInstance<T>(), etag: null);

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var next = new Entry(StateJson.Serialize(grainState.State), Interlocked.Increment(ref _lastVersion).ToString(CultureInfo.InvariantCulture));
        var written = _entries.AddOrUpdate(
            (stateName, grainId),
            static (_, change) => change.Etag is null ? change.Next : throw Inconsistent(stored: null, change.Etag),
            static (_, stored, change) => stored.Etag == change.Etag ? change.Next : throw Inconsistent(stored, change.Etag),
            (Next: next, Etag: grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (written.Etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = (stateName, grainId);
        var stored = _entries.GetValueOrDefault(key);
        if (stored?.Etag != grainState.ETag || (stored is not null && !_entries.TryRemove(new(key, stored))))
            throw Inconsistent(stored, grainState.ETag);

        Set(grainState, Activator.CreateInstance<T>(), etag: null);
        return Task.CompletedTask;
    }

    private static void Set<T>(IGrainState<T> grainState, T state, string? etag) =>
        (grainState.State, grainState.ETag, grainState.RecordExists) = (state, etag, etag is not null);

    private static InconsistentStateException Inconsistent(Entry? stored, string? etag) =>
        new("Another writer changed the state.", stored?.Etag ?? "", etag ?? "");

    private sealed record Entry(byte[] Json, string Etag);
}
