namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>What the detector needs to know of its server and database.</summary>
internal sealed record ServerFacts
{
    public required string WalLevel { get; init; }

    /// <summary>After how long without an answer the server ends a reader; zero means never.</summary>
    public required TimeSpan WalSenderTimeout { get; init; }

    public required string Database { get; init; }

    public required uint DatabaseOid { get; init; }

    public required bool HasPublication { get; init; }
}
