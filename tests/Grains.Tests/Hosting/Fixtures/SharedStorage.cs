using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

/// <summary>Storage that outlives silos: one object that all of them use.</summary>
public sealed class SharedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, string Etag)> _records = new();
    private int _lastEtag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue($"{stateName}/{grainId}", out var record);
        if (grainState.RecordExists)
            (grainState.State, grainState.ETag) = (JsonSerializer.Deserialize<T>(record.Json)!, record.Etag);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainId.Key.ToString()!.StartsWith("unwritable", StringComparison.Ordinal))
            throw new IOException("The disk is full.");

        var etag = Interlocked.Increment(ref _lastEtag).ToString(CultureInfo.InvariantCulture);
        _records[$"{stateName}/{grainId}"] = (JsonSerializer.Serialize(grainState.State), etag);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove($"{stateName}/{grainId}", out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }
}
