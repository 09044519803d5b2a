using PgCdc.Events;

namespace PgCdc.Grains.Adapters;

/// <summary>What an adapter keeps. Immutable; changed with <c>with</c>.</summary>
public sealed record AdapterGrainState
{
    /// <summary>Format of the stored bytes.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Newest epoch that opened the adapter; older ones are refused.</summary>
    public long Epoch { get; init; }

    /// <summary>Number of the last opening.</summary>
    public long Incarnation { get; init; }

    /// <summary>Place of the last acked event in the source's order; what lies up to it is not delivered again.</summary>
    public SourcePlace AckedThrough { get; init; }
}
