using PgCdc.Sources;

namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>A checkpoint that a run wants stored.</summary>
/// <param name="Epoch">Epoch of the run.</param>
/// <param name="Detector">Name of the detector.</param>
/// <param name="Checkpoint">Its position.</param>
[GenerateSerializer, Immutable, Alias("pgcdc.checkpoint-report")]
public sealed record CheckpointReport(
    [property: Id(0)] long Epoch, [property: Id(1)] string Detector, [property: Id(2)] DetectorCheckpoint Checkpoint);
