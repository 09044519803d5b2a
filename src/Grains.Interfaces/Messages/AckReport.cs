
namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>How an adapter is doing.</summary>
public enum AdapterHealth
{
    /// <summary>It delivers.</summary>
    Running,

    /// <summary>A delivery failed and is tried again.</summary>
    Retrying,

    /// <summary>This incarnation cannot go on; another can.</summary>
    Broken,

    /// <summary>It cannot go on until somebody mends the cause.</summary>
    Halted,
}

/// <summary>Acks and condition of an adapter: cumulative, so a lost or doubled report does no harm.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.ack-report")]
public sealed record AckReport
{
    /// <summary>Name of the adapter.</summary>
    [Id(0)]
    public required string Adapter { get; init; }

    /// <summary>Epoch of the run that the report is for.</summary>
    [Id(1)]
    public required long Epoch { get; init; }

    /// <summary>The adapter's incarnation.</summary>
    [Id(2)]
    public required long Incarnation { get; init; }

    /// <summary>Everything below this sequence is acked.</summary>
    [Id(3)]
    public required long AckedBelow { get; init; }

    /// <summary>How it is doing.</summary>
    [Id(4)]
    public required AdapterHealth Health { get; init; }

    /// <summary>What is wrong; null while it runs.</summary>
    [Id(5)]
    public string? Problem { get; init; }
}
