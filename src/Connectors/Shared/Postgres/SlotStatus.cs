namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>A replication slot as people see it.</summary>
public sealed record SlotStatus
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Output plug-in; empty for a physical slot.</summary>
    public required string Plugin { get; init; }

    /// <summary><c>logical</c> or <c>physical</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether somebody reads it.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Oldest log that the server keeps for it, as <c>X/Y</c>.</summary>
    public string? RestartLsn { get; init; }

    /// <summary>What its reader has confirmed, as <c>X/Y</c>.</summary>
    public string? ConfirmedFlushLsn { get; init; }

    /// <summary>Bytes of log that the server keeps for it; null when it keeps none or the slot is lost.</summary>
    public long? RetainedBytes { get; init; }
}
