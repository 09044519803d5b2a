namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>An error that the server reported, in its own words.</summary>
internal sealed class PostgresServerException(ServerNotice error) : PostgresSessionException(error.ToString())
{
    public ServerNotice Error { get; } = error;

    /// <summary>The five-character code of https://www.postgresql.org/docs/current/errcodes-appendix.html.</summary>
    public string SqlState => Error.SqlState;
}
