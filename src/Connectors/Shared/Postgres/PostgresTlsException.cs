namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>No TLS session with this server under the configured <c>sslmode</c>.</summary>
internal sealed class PostgresTlsException(string message, Exception? inner = null) : PostgresSessionException(message, inner);
