namespace PgCdc.Sources;

/// <summary>A detector whose source keeps its place between runs, so that checkpoints mean something.</summary>
public interface ICheckpointedDetector : IDetector
{
    /// <summary>Key of the exported copy, such as the slot's name; null when the source forgets (a temporary slot) and no checkpoint is kept.</summary>
    string? CheckpointKey { get; }

    /// <summary>Opens the second copy of the checkpoint in the source; null when there is none. The caller disposes it.</summary>
    ICheckpointStore? OpenCheckpointStore();
}
