using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>A slot whose stream has started.</summary>
internal sealed record OpenedSlot(ReplicationStream Stream, Lsn Start);
