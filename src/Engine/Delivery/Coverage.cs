using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>Leaves out events that an adapter has acked in an earlier run.</summary>
internal static class Coverage
{
    /// <summary>The events behind <paramref name="covered"/>: the batch itself, a view of it, or null.</summary>
    public static EventBatch? Uncovered(EventBatch batch, in SourcePlace covered)
    {
        var first = 0;
        while (first < batch.Count && covered.Covers(batch.Lineage, batch[first].SortKey))
            first++;

        return first == 0 ? batch : first == batch.Count ? null : batch.Select([.. Enumerable.Range(first, batch.Count - first).Select(batch.StoredIndex)]);
    }
}
