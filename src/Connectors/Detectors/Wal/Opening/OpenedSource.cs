using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>A connection whose stream has started, and what is known of its source.</summary>
internal sealed record OpenedSource
{
    /// <summary>Belongs to whoever gets this.</summary>
    public required ReplicationConnection Connection { get; init; }

    public required ReplicationStream Stream { get; init; }

    /// <summary>Where reading starts, and in what.</summary>
    public required DetectorCheckpoint Origin { get; init; }

    public required ServerFacts Server { get; init; }
}
