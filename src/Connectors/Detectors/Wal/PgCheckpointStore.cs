using Npgsql;
using PgCdc.Configuration;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>
/// Exported checkpoints in table <c>pgcdc_checkpoints</c>, one row per slot; the log position is kept as a signed 64-bit number. Makes the
/// table at the first save. Thread safe.
/// </summary>
public sealed class PgCheckpointStore : ICheckpointStore
{
    private const string Grant =
        "grant it CREATE on the schema, or make the tables as docs/privileges.md shows, or name another database with --checkpoint-db";

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private volatile bool _isMigrated;

    /// <summary>Names the database; nothing is opened yet.</summary>
    /// <param name="databaseUrl">URI or key=value pairs, as in <c>--checkpoint-db</c>.</param>
    /// <exception cref="ConfigurationException">The text cannot be read.</exception>
    public PgCheckpointStore(Secret databaseUrl) => _source = Databases.Open(databaseUrl, "detector.checkpoint_db");

    /// <inheritdoc/>
    public async Task<Position?> LoadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await DemandMayKeepAsync(key, cancellationToken).ConfigureAwait(false);
            var command = _source.CreateCommand("SELECT lsn FROM pgcdc_checkpoints WHERE slot_name = $1");
            await using var disposing = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter { Value = key });
            var lsn = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return lsn is long value ? new Lsn(unchecked((ulong)value)).Position : null;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Looking must not make the table: a start that is refused leaves the database as it was.
            return null;
        }
        catch (NpgsqlException error)
        {
            throw Failed("read", key, error);
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string key, Position position, CancellationToken cancellationToken)
    {
        var lsn = unchecked((long)Lsn.Parse(position.Value).Value);
        try
        {
            await MigrateOnceAsync(cancellationToken).ConfigureAwait(false);
            var command = _source.CreateCommand(
                """
                INSERT INTO pgcdc_checkpoints (slot_name, lsn, updated_at) VALUES ($1, $2, now())
                ON CONFLICT (slot_name) DO UPDATE SET lsn = excluded.lsn, updated_at = excluded.updated_at
                """);
            await using var disposing = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter { Value = key });
            command.Parameters.Add(new NpgsqlParameter { Value = lsn });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw Failed("written", key, error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        _migrating.Dispose();
    }

    /// <summary>A right that is missing is told before anything is made, and not at the first checkpoint.</summary>
    private async Task DemandMayKeepAsync(string key, CancellationToken cancellationToken)
    {
        var command = _source.CreateCommand(
            """
            SELECT CASE WHEN to_regclass('pgcdc_checkpoints') IS NULL THEN has_schema_privilege(current_schema(), 'CREATE')
                   ELSE has_table_privilege(to_regclass('pgcdc_checkpoints'), 'SELECT')
                    AND has_table_privilege(to_regclass('pgcdc_checkpoints'), 'INSERT')
                    AND has_table_privilege(to_regclass('pgcdc_checkpoints'), 'UPDATE') END
            """);
        await using var disposing = command.ConfigureAwait(false);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            throw new CheckpointException(
                ErrorCode.StateUnavailable,
                $"The role may not keep the exported checkpoint of '{key}': it lacks a right to make, read or write table pgcdc_checkpoints; {Grant}.");
        }
    }

    private async Task MigrateOnceAsync(CancellationToken cancellationToken)
    {
        if (_isMigrated)
            return;

        await _migrating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isMigrated)
                await Migrations.RunAsync(_source, cancellationToken).ConfigureAwait(false);
            _isMigrated = true;
        }
        finally
        {
            _migrating.Release();
        }
    }

    private static CheckpointException Failed(string what, string key, NpgsqlException error) => new(
        ErrorCode.StateUnavailable,
        $"The exported checkpoint of '{key}' in table pgcdc_checkpoints could not be {what}: {TextOf(error)}; {Advice(error)}.",
        error);

    private static string Advice(NpgsqlException error) =>
        error.SqlState == PostgresErrorCodes.InsufficientPrivilege ? Grant : "check detector.checkpoint_db";

    private static string TextOf(NpgsqlException error) =>
        error is PostgresException server ? $"{server.MessageText} (SQLSTATE {server.SqlState})" : (error.InnerException ?? error).Message.TrimEnd('.');
}
