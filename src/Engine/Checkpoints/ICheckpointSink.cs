using PgCdc.Errors;
using PgCdc.Sources;

namespace PgCdc.Engine.Checkpoints;

/// <summary>Where a run's checkpoint becomes durable: the state of its pipeline grain.</summary>
public interface ICheckpointSink
{
    /// <summary>Makes a checkpoint durable.</summary>
    /// <exception cref="CheckpointException">It was not stored; with <see cref="ErrorCode.StaleEpoch"/> a newer run exists.</exception>
    Task SaveAsync(long epoch, string detector, DetectorCheckpoint checkpoint, CancellationToken cancellationToken);
}
