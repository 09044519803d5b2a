using PgCdc.Configuration;
using PgCdc.Sources;

namespace PgCdc.Grains.Pipelines;

/// <summary>What a pipeline keeps. Immutable; changed with <c>with</c>.</summary>
public sealed record PipelineGrainState
{
    /// <summary>Format of the stored bytes.</summary>
    public int Version { get; init; } = 1;

    public PipelineDefinition? Definition { get; init; }

    public DesiredStatus Desired { get; init; }

    /// <summary>Epoch of the last run; 0 before the first.</summary>
    public long Epoch { get; init; }

    /// <summary>Position per detector.</summary>
    public IReadOnlyDictionary<string, DetectorCheckpoint> Checkpoint { get; init; } = new Dictionary<string, DetectorCheckpoint>();
}

/// <summary>What somebody wants of a pipeline.</summary>
public enum DesiredStatus
{
    Stopped,
    Running,
    Paused,
}
