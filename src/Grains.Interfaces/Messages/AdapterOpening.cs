using PgCdc.Configuration;

namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>Opens an adapter for a run.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.adapter-opening")]
public sealed record AdapterOpening
{
    /// <summary>The adapter.</summary>
    [Id(0)]
    public required ConnectorDefinition Definition { get; init; }

    /// <summary>Epoch of the run.</summary>
    [Id(1)]
    public required long Epoch { get; init; }

    /// <summary>Sequence that the first batch starts behind.</summary>
    [Id(2)]
    public required long FirstSequence { get; init; }

    /// <summary>Whether a delivery counts only when it is durable.</summary>
    [Id(3)]
    public required bool SyncBeforeAck { get; init; }
}
