namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>The end of a transaction.</summary>
/// <param name="CommitLsn">Place of the commit record; the same as in <see cref="BeginMessage"/>.</param>
/// <param name="EndLsn">End of the commit record: what may be confirmed once the transaction is delivered.</param>
internal readonly record struct CommitMessage(Lsn CommitLsn, Lsn EndLsn);
