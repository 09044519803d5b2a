
namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>Where an adapter stands in its pipeline's run.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.adapter-status")]
public sealed record AdapterStatus
{
    /// <summary>Name of the adapter.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Events given to it and not acked.</summary>
    [Id(1)]
    public int Unacked { get; init; }

    /// <summary>What is wrong; null while it delivers.</summary>
    [Id(2)]
    public string? Problem { get; init; }
}
