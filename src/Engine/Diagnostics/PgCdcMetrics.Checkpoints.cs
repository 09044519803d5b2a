using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>Facts of acks and checkpoints. Positions are numbers for sources that have such, as an LSN.</summary>
public sealed partial class PgCdcMetrics
{
    private readonly Gauge<long> _ackPosition;
    private readonly Gauge<long> _cooperativeLsn;
    private readonly Gauge<long> _checkpointLsn;
    private readonly Counter<long> _checkpoints;
    private readonly Gauge<long> _checkpointLag;

    /// <summary>The adapter has acked everything below a position.</summary>
    public void AckPosition(string adapter, long lsn) => _ackPosition.Record(lsn, Adapter(adapter));

    /// <summary>Every adapter has acked everything below a position.</summary>
    public void CooperativeCheckpoint(long lsn) => _cooperativeLsn.Record(lsn);

    /// <summary>A checkpoint was written.</summary>
    public void CheckpointWritten(long lsn)
    {
        _checkpointLsn.Record(lsn);
        _checkpoints.Add(1);
    }

    /// <summary>Bytes of WAL received and not covered by the checkpoint.</summary>
    public void CheckpointLag(long lagBytes) => _checkpointLag.Record(lagBytes);
}
