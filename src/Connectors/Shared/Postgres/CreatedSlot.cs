namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The answer to CREATE_REPLICATION_SLOT: the first transaction streamed commits after <paramref name="ConsistentPoint"/>.</summary>
internal sealed record CreatedSlot(string Name, ulong ConsistentPoint, string? SnapshotName);
