namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The server sent bytes that the protocol does not allow here.</summary>
internal sealed class PostgresProtocolException(string message) : PostgresSessionException(message);
