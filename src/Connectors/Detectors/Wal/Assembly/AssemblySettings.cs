namespace PgCdc.Connectors.Detectors.Wal.Assembly;

/// <summary>What events are made with, for the length of a connection.</summary>
internal sealed record AssemblySettings
{
    /// <summary>Name of the producer in event JSON.</summary>
    public const string Source = "wal_replication";

    public required ulong SystemIdentifier { get; init; }

    public required uint DatabaseOid { get; init; }

    /// <summary>Cluster and timeline, within which places in the log can be compared.</summary>
    public required string Lineage { get; init; }

    /// <summary>Whether event JSON carries the transaction.</summary>
    public bool PublishTransactions { get; init; }

    /// <summary>Whether event JSON carries schema and columns.</summary>
    public bool PublishSchemas { get; init; }

    /// <summary>Whether BEGIN and COMMIT become events of their own.</summary>
    public bool Markers { get; init; }

    /// <summary>What earlier connections of the run have given out.</summary>
    public Delivered Delivered { get; init; }
}
