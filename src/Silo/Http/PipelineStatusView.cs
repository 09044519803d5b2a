namespace PgCdc.Silo.Http;

/// <summary>A pipeline as the API shows it. Never holds a secret.</summary>
public sealed record PipelineStatusView
{
    public required string Name { get; init; }

    /// <summary>stopped, starting, running, paused or error.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? Error { get; init; }

    public long Epoch { get; init; }

    public string? Detector { get; init; }

    /// <summary>Position of the last checkpoint, as the source writes positions; null before the first.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Bytes received and not covered by the checkpoint, where the source counts bytes.</summary>
    public long? CheckpointLagBytes { get; init; }

    /// <summary>Bytes that the slot keeps on the server, where there is one.</summary>
    public long? SlotLagBytes { get; init; }

    public IReadOnlyList<AdapterStatusView> Adapters { get; init; } = [];
}
