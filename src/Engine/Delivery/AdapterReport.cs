namespace PgCdc.Engine.Delivery;

/// <summary>What an adapter's run tells its pipeline: cumulative, so a lost or doubled report does no harm.</summary>
public sealed record AdapterReport
{
    public required string Adapter { get; init; }

    public required long Epoch { get; init; }

    public required long Incarnation { get; init; }

    /// <summary>Everything below this sequence is acked.</summary>
    public required long AckedBelow { get; init; }

    public required AdapterCondition Condition { get; init; }

    /// <summary>What is wrong; null while it runs.</summary>
    public string? Problem { get; init; }
}
