namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>A replication slot as <c>pg_replication_slots</c> shows it. What a server's version does not have is null.</summary>
internal sealed record SlotFacts
{
    public required string Name { get; init; }

    /// <summary>Output plug-in; null for a physical slot.</summary>
    public string? Plugin { get; init; }

    public string? Database { get; init; }

    public bool IsTemporary { get; init; }

    public Lsn ConfirmedFlush { get; init; }

    /// <summary>Process that reads the slot.</summary>
    public int? ActivePid { get; init; }

    /// <summary>What that process calls itself.</summary>
    public string? ActiveApplication { get; init; }

    /// <summary><c>reserved</c>, <c>extended</c>, <c>unreserved</c> or <c>lost</c>; from PostgreSQL 13.</summary>
    public string? WalStatus { get; init; }

    /// <summary>Why the slot cannot be used any more; from PostgreSQL 17, <c>conflicting</c> in 16.</summary>
    public string? InvalidationReason { get; init; }

    /// <summary>Whether the slot is kept on standbys too; from PostgreSQL 17.</summary>
    public bool IsFailover { get; init; }
}
