using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>Everything that decides where reading of a persistent slot starts.</summary>
internal sealed record SlotSituation
{
    public required string Slot { get; init; }

    /// <summary>What is being read now: cluster, timeline, database, slot.</summary>
    public required SourceIdentity Identity { get; init; }

    /// <summary>The pipeline's checkpoint; null when it has none for a persistent slot.</summary>
    public DetectorCheckpoint? Checkpoint { get; init; }

    /// <summary>The exported checkpoint; asked only when there is no other.</summary>
    public Lsn? Exported { get; init; }

    /// <summary>The slot, or null when the server has none of that name.</summary>
    public SlotFacts? Facts { get; init; }
}
