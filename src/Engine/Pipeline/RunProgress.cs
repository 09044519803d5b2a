using PgCdc.Sources;

namespace PgCdc.Engine.Pipeline;

/// <summary>Where a run stands.</summary>
public sealed record RunProgress
{
    /// <summary>Why the source is not being read, or what was missed for good; null when all is well.</summary>
    public string? SourceProblem { get; init; }

    /// <summary>Why checkpoints cannot be stored; null while they can.</summary>
    public string? CheckpointProblem { get; init; }

    /// <summary>The last durable checkpoint.</summary>
    public DetectorCheckpoint? Checkpoint { get; init; }

    /// <summary>Events read in this run.</summary>
    public long Received { get; init; }

    /// <summary>Events below this sequence are acked by every adapter.</summary>
    public long AckedBelow { get; init; }

    public IReadOnlyList<AdapterProgress> Adapters { get; init; } = [];
}

/// <summary>Where an adapter stands in a run.</summary>
/// <param name="Name">Name of the adapter.</param>
/// <param name="Unacked">Events given to it and not acked.</param>
/// <param name="AckedBelow">Everything below this sequence is acked.</param>
/// <param name="Problem">Why it does not answer or cannot be opened; null while it does.</param>
public sealed record AdapterProgress(string Name, int Unacked, long AckedBelow, string? Problem);
