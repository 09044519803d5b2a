
namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>Where a pipeline stands.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.pipeline-status")]
public sealed record PipelineStatus
{
    /// <summary>Name of the pipeline.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    [Id(1)]
    public required PipelineCondition Condition { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    [Id(2)]
    public Fault? Fault { get; init; }

    /// <summary>Epoch of the last run; 0 before the first.</summary>
    [Id(3)]
    public long Epoch { get; init; }

    /// <summary>When the last run started.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Why the source is not being read at the moment, or what was missed for good; null when all is well.</summary>
    [Id(5)]
    public string? SourceProblem { get; init; }

    /// <summary>Why checkpoints cannot be stored at the moment; null while they can.</summary>
    [Id(6)]
    public string? CheckpointProblem { get; init; }

    /// <summary>Position of the last durable checkpoint, in the source's own notation; null when there is none.</summary>
    [Id(7)]
    public string? Checkpoint { get; init; }

    /// <summary>Events read in this run.</summary>
    [Id(8)]
    public long Received { get; init; }

    /// <summary>Events of this run that every adapter has acked, counted from the first without a gap.</summary>
    [Id(9)]
    public long Acked { get; init; }

    /// <summary>The adapters.</summary>
    [Id(10)]
    public IReadOnlyList<AdapterStatus> Adapters { get; init; } = [];
}
