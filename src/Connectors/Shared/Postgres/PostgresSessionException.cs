namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>A session that could not be opened or has ended; the session must be disposed.</summary>
internal class PostgresSessionException(string message, Exception? inner = null) : Exception(message, inner);
