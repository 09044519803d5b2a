namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>What CREATE_REPLICATION_SLOT does with the snapshot of the consistent point.</summary>
internal enum SlotSnapshot
{
    /// <summary>None is kept.</summary>
    Nothing,

    /// <summary>Other sessions may import it until this one runs its next command.</summary>
    Export,

    /// <summary>The transaction open in this session uses it.</summary>
    Use,
}

/// <summary>A logical slot to create.</summary>
internal sealed record SlotRequest(string Name, string Plugin = "pgoutput")
{
    /// <summary>A temporary slot goes with its session.</summary>
    public bool Temporary { get; init; }

    public SlotSnapshot Snapshot { get; init; }
}
