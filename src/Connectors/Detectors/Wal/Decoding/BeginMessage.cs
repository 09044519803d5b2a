namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>The start of a transaction, sent when it has been committed.</summary>
/// <param name="CommitLsn">Place of the commit record.</param>
/// <param name="CommitTimeTicks">Commit time in .NET ticks, UTC.</param>
/// <param name="Xid">Transaction id.</param>
internal readonly record struct BeginMessage(Lsn CommitLsn, long CommitTimeTicks, uint Xid);
