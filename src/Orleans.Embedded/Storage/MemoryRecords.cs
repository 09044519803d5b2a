using Orleans.Embedded.Cluster;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Storage;

/// <summary>
/// The records of all memory storages of a cluster. Each lives on the silo that wrote it first and is lost with that silo:
/// a test that needs state to survive a killed silo brings a storage of its own, here as on Orleans.
/// </summary>
internal sealed class MemoryRecords
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordKey, MemoryRecord> _records = [];
    private long _lastEtag;

    public MemoryRecord? Read(RecordKey key)
    {
        lock (_lock)
            return _records.GetValueOrDefault(key);
    }

    public string Write(RecordKey key, byte[] content, string? etag, EmbeddedSilo writer)
    {
        lock (_lock)
        {
            var stored = _records.GetValueOrDefault(key);
            ThrowIfChanged(key, stored, etag);
            var next = (++_lastEtag).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _records[key] = new MemoryRecord(content, next, stored?.Home ?? writer);
            return next;
        }
    }

    public void Clear(RecordKey key, string? etag)
    {
        lock (_lock)
        {
            ThrowIfChanged(key, _records.GetValueOrDefault(key), etag);
            _records.Remove(key);
        }
    }

    public void ForgetAllOf(EmbeddedSilo silo)
    {
        lock (_lock)
        {
            foreach (var key in _records.Where(pair => ReferenceEquals(pair.Value.Home, silo)).Select(static pair => pair.Key).ToArray())
                _records.Remove(key);
        }
    }

    private static void ThrowIfChanged(RecordKey key, MemoryRecord? stored, string? etag)
    {
        if (stored?.Etag != etag)
            throw new InconsistentStateException($"State '{key.Name}' of {key.Grain} was changed by another writer.", stored?.Etag, etag);
    }

    internal readonly record struct RecordKey(string Storage, string Name, GrainId Grain);

    internal sealed record MemoryRecord(byte[] Content, string Etag, EmbeddedSilo Home);
}
