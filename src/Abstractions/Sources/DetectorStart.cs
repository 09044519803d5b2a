using PgCdc.Events;

namespace PgCdc.Sources;

/// <summary>What a detector needs to know to connect.</summary>
public sealed record DetectorStart
{
    /// <summary>Name of the pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Epoch of the run; a reconnect keeps it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The pipeline's checkpoint for this detector, or null when there is none.</summary>
    public DetectorCheckpoint? Checkpoint { get; init; }

    /// <summary>Position of the exported copy (<see cref="ICheckpointStore"/>), used only when <see cref="Checkpoint"/> is null.</summary>
    public Position? Exported { get; init; }
}
