using PgCdc.Sources;

namespace PgCdc.Engine.Pipeline;

/// <summary>Settings of one run.</summary>
public sealed record PipelineRunOptions
{
    public required string Pipeline { get; init; }

    public required long Epoch { get; init; }

    /// <summary>Name under which the detector's position stands in the checkpoint.</summary>
    public required string Detector { get; init; }

    public required BusMode Mode { get; init; }

    public required RouteTable Routes { get; init; }

    /// <summary>Where the run begins; null when there is no checkpoint.</summary>
    public DetectorCheckpoint? Checkpoint { get; init; }

    /// <summary>Key of the exported copy of the checkpoint; null when none is kept.</summary>
    public string? ExportKey { get; init; }

    /// <summary>Events that may be unacked per adapter: 16 batches of 1,024 by default. One batch is always admitted.</summary>
    public int CreditEvents { get; init; } = 16 * Events.EventBatchBuilder.MaxEvents;

    /// <summary>Bytes that may be unacked per adapter. One batch is always admitted.</summary>
    public int CreditBytes { get; init; } = 8 * 1024 * 1024;

    public TimeSpan ReconnectBase { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ReconnectCap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a quiet adapter with unacked events is asked how far it is.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(2);
}
