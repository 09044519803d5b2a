namespace PgCdc.Sources;

/// <summary>What a checkpoint belongs to; a checkpoint of another cluster, database or slot is refused. Fields are null where a source has none.</summary>
public sealed record SourceIdentity
{
    /// <summary>Identity of the database cluster (PostgreSQL system identifier).</summary>
    public string? System { get; init; }

    /// <summary>Timeline of the cluster at the time.</summary>
    public uint? Timeline { get; init; }

    /// <summary>Database.</summary>
    public string? Database { get; init; }

    /// <summary>Replication slot.</summary>
    public string? Slot { get; init; }
}
