using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>Leaves out events that an adapter has acked in an earlier run.</summary>
internal static class Coverage
{
    /// <summary>The events behind <paramref name="covered"/>: the batch itself, a view of it, or null.</summary>
    public static EventBatch? Uncovered(EventBatch batch, SortKey covered)
    {
        if (covered == default || batch[0].SortKey > covered)
            return batch;

        var first = 0;
        while (first < batch.Count && batch[first].SortKey is var key && key != default && key <= covered)
            first++;

        return first == 0 ? batch : first == batch.Count ? null : batch.Select([.. Enumerable.Range(first, batch.Count - first).Select(batch.StoredIndex)]);
    }
}
