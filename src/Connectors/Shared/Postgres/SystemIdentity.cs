namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The answer to IDENTIFY_SYSTEM.</summary>
internal sealed record SystemIdentity(string SystemIdentifier, int Timeline, ulong FlushPosition, string Database);
