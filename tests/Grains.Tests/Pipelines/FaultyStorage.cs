using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;
using PgCdc.Silo.State;

namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>Storage that outlives silos, keeps the bytes that production keeps, checks etags, and fails when told to.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (byte[] Json, long Version)> _records = new();
    private readonly ConcurrentDictionary<string, bool> _failing = new();

    /// <summary>Every write of a grain's state fails until told otherwise.</summary>
    /// <param name="key">Text that the grain's key contains.</param>
    /// <param name="fails">Whether it fails.</param>
    public void Fail(string key, bool fails = true) => _failing[key] = fails;

    /// <summary>As if another activation had written the same content.</summary>
    public void WriteBehindItsBack(string key)
    {
        foreach (var (record, (json, version)) in _records.Where(record => record.Key.Contains(key, StringComparison.Ordinal)))
            _records[record] = (json, version + 1);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue(Key(stateName, grainId), out var record);
        grainState.ETag = grainState.RecordExists ? Text(record.Version) : null;
        grainState.State = grainState.RecordExists ? StateJson.Deserialize<T>(record.Json)! : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        if (_failing.Any(failing => failing.Value && key.Contains(failing.Key, StringComparison.Ordinal)))
            throw new IOException("the disk is full");

        var stored = _records.TryGetValue(key, out var record) ? Text(record.Version) : null;
        if (stored != grainState.ETag)
            throw new InconsistentStateException("somebody else wrote", stored, grainState.ETag);

        _records[key] = (StateJson.Serialize(grainState.State), record.Version + 1);
        (grainState.ETag, grainState.RecordExists) = (Text(record.Version + 1), true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove(Key(stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
