using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Assembly;

/// <summary>How far the run has been given the source: what a further connection must not give again.</summary>
/// <param name="Last">The last event.</param>
/// <param name="Mark">The last position mark.</param>
internal readonly record struct Delivered(SortKey Last, Lsn Mark)
{
    /// <summary>The same, after one more batch.</summary>
    public Delivered After(EventBatch batch) => new(
        batch.StoredCount > 0 ? batch[^1].SortKey : Last,
        batch.Mark is { } mark ? new Lsn(mark.LogBytes) : Mark);
}
