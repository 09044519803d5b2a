namespace PgCdc.Silo.Http;

/// <summary>A pipeline as the API shows it. Never holds a secret.</summary>
public sealed record PipelineStatusView
{
    public required string Name { get; init; }

    /// <summary>stopped, starting, running, stopping, paused or error.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Why it gave up; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>Why the source is not being read at the moment, or what was missed for good; null when all is well.</summary>
    public string? SourceProblem { get; init; }

    /// <summary>Why checkpoints cannot be stored at the moment; null while they can.</summary>
    public string? CheckpointProblem { get; init; }

    public long Epoch { get; init; }

    /// <summary>Position of the last checkpoint, as the source writes positions; null before the first.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Change events read in this run.</summary>
    public long Received { get; init; }

    /// <summary>Change events of this run that every adapter has acked, counted from the first without a gap.</summary>
    public long Acked { get; init; }

    public IReadOnlyList<AdapterStatusView> Adapters { get; init; } = [];
}
