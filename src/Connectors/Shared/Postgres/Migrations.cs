using Npgsql;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// Makes the tables that this system keeps in a user's database, recorded in <c>pgcdc_migrations</c> as pgcdc does, so that both can use one
/// database. Two instances at once take turns by an advisory lock.
/// </summary>
internal static class Migrations
{
    /// <summary>"pgcdc" in ASCII.</summary>
    private const long LockKey = 0x70_67_63_64_63;

    private static readonly string[] s_versions =
    [
        """
        CREATE TABLE IF NOT EXISTS pgcdc_checkpoints (
            slot_name TEXT PRIMARY KEY, lsn BIGINT NOT NULL, updated_at TIMESTAMPTZ DEFAULT now());
        CREATE TABLE IF NOT EXISTS pgcdc_dead_letters (
            id BIGSERIAL PRIMARY KEY, event_id TEXT NOT NULL, adapter TEXT NOT NULL, error TEXT NOT NULL, payload JSONB,
            created_at TIMESTAMPTZ DEFAULT now());
        CREATE TABLE IF NOT EXISTS pgcdc_heartbeat (
            id INTEGER PRIMARY KEY DEFAULT 1, last_beat TIMESTAMPTZ NOT NULL DEFAULT now())
        """,
    ];

    /// <summary>Brings a database up to date. A role without the right to create tables needs none when nothing is to be made.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses.</exception>
    public static async Task RunAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        if (await CurrentVersionAsync(connection, cancellationToken).ConfigureAwait(false) >= s_versions.Length)
            return;

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposing = transaction.ConfigureAwait(false);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            connection,
            "CREATE TABLE IF NOT EXISTS pgcdc_migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ DEFAULT now())",
            cancellationToken).ConfigureAwait(false);
        var current = await CurrentVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        for (var version = current + 1; version <= s_versions.Length; version++)
        {
            await ExecuteAsync(connection, s_versions[version - 1], cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, $"INSERT INTO pgcdc_migrations (version) VALUES ({version})", cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> CurrentVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, "SELECT to_regclass('pgcdc_migrations') IS NOT NULL", cancellationToken).ConfigureAwait(false) is not true)
            return 0;

        return await ScalarAsync(connection, "SELECT max(version) FROM pgcdc_migrations", cancellationToken).ConfigureAwait(false) as int? ?? 0;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var disposing = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var disposing = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
