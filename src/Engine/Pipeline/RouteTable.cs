using System.Collections.Frozen;
using PgCdc.Events;

namespace PgCdc.Engine.Pipeline;

/// <summary>Which channels go to which adapter. Immutable; a reload swaps the whole table.</summary>
public sealed class RouteTable
{
    private readonly FrozenDictionary<string, FrozenSet<string>> _routes;

    /// <param name="version">Configuration version that batches dispatched under this table carry.</param>
    /// <param name="routes">Channels by adapter; an adapter without an entry gets every channel.</param>
    public RouteTable(int version, IReadOnlyDictionary<string, IReadOnlyList<string>> routes)
    {
        Version = version;
        _routes = routes.ToFrozenDictionary(route => route.Key, route => route.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Configuration version.</summary>
    public int Version { get; }

    /// <summary>The part of a batch that goes to an adapter: the batch itself, a view of it, or null when nothing does.</summary>
    public EventBatch? Select(string adapter, EventBatch batch)
    {
        if (batch.Count == 0)
            return null;

        return _routes.TryGetValue(adapter, out var channels) ? Select(channels, batch) : batch;
    }

    private static EventBatch? Select(FrozenSet<string> channels, EventBatch batch)
    {
        var wanted = batch.Channels.Select(channel => channels.Contains(channel.Value)).ToArray();
        if (!wanted.Contains(false))
            return batch;

        return wanted.Contains(true) ? SelectEvents(wanted, batch) : null;
    }

    private static EventBatch? SelectEvents(bool[] wanted, EventBatch batch)
    {
        var headers = batch.Headers;
        var selected = new List<int>(batch.Count);
        for (var index = 0; index < batch.Count; index++)
        {
            var stored = batch.StoredIndex(index);
            if (wanted[headers[stored].Channel])
                selected.Add(stored);
        }

        return selected.Count == 0 ? null : batch.Select([.. selected]);
    }
}
