using System.Text.Json;
using Orleans.Embedded.Cluster;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps state in memory, as JSON so that nobody shares objects with the store, and checks etags.</summary>
public sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    private readonly string _name;
    private readonly EmbeddedSilo _silo;

    internal MemoryGrainStorage(string name, EmbeddedSilo silo) => (_name, _silo) = (name, silo);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var record = _silo.Cluster.MemoryRecords.Read(new(_name, stateName, grainId));
        grainState.State = record is null ? New<T>() : JsonSerializer.Deserialize<T>(record.Content, Json);
        grainState.ETag = record?.Etag;
        grainState.RecordExists = record is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var content = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json);
        grainState.ETag = _silo.Cluster.MemoryRecords.Write(new(_name, stateName, grainId), content, grainState.ETag, _silo);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        _silo.Cluster.MemoryRecords.Clear(new(_name, stateName, grainId), grainState.ETag);
        grainState.State = New<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static T? New<T>() => typeof(T).GetConstructor(Type.EmptyTypes) is null && !typeof(T).IsValueType
        ? default
        : Activator.CreateInstance<T>();
}
