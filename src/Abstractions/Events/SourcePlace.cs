namespace PgCdc.Events;

/// <summary>Place of an event in its source's order, and in which history of the source that order holds.</summary>
/// <param name="Lineage">The history: places of different lineages cannot be compared (PostgreSQL: cluster and timeline). Null or empty: none.</param>
/// <param name="Key">The place.</param>
public readonly record struct SourcePlace(string? Lineage, SortKey Key)
{
    /// <summary>Whether an event of a lineage lies at this place or before it.</summary>
    /// <param name="lineage">History of the event's batch.</param>
    /// <param name="key">Place of the event; (0,0) for an event without one.</param>
    public bool Covers(string lineage, SortKey key) =>
        !string.IsNullOrEmpty(lineage) && lineage == Lineage && key != default && key <= Key;
}
