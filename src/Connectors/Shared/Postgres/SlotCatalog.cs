using Npgsql;
using NpgsqlTypes;
using PgCdc.Configuration;
using PgCdc.Errors;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The replication slots of a server whose names start with <c>pgcdc_</c>, for people: list, look at, drop.</summary>
public sealed class SlotCatalog : IAsyncDisposable
{
    private const string Columns =
        """
        SELECT slot_name::text, coalesce(plugin::text, ''), slot_type, active, restart_lsn, confirmed_flush_lsn,
               pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, restart_lsn)::bigint
        FROM pg_replication_slots
        """;

    private readonly NpgsqlDataSource _source;

    /// <summary>Names the server; nothing is opened yet.</summary>
    /// <param name="databaseUrl">URI or key=value pairs, as in <c>--db</c>.</param>
    /// <exception cref="ConfigurationException">The text cannot be read.</exception>
    public SlotCatalog(Secret databaseUrl) => _source = Databases.Open(databaseUrl, "database_url");

    /// <summary>Our slots by name.</summary>
    /// <exception cref="DetectorException">The server cannot be asked.</exception>
    public Task<IReadOnlyList<SlotStatus>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync(Columns + " WHERE slot_name LIKE 'pgcdc\\_%' ORDER BY slot_name", [], cancellationToken);

    /// <summary>One slot of any name, or null.</summary>
    /// <exception cref="DetectorException">The server cannot be asked.</exception>
    public async Task<SlotStatus?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(Columns + " WHERE slot_name = $1", [name], cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Drops a slot; one that is read, or that is not there, is an error of the server.</summary>
    /// <exception cref="DetectorException">The server cannot be asked, or refuses.</exception>
    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var command = _source.CreateCommand("SELECT pg_drop_replication_slot($1)");
            await using var disposing = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter { Value = name });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw Failed(error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<IReadOnlyList<SlotStatus>> ReadAsync(string sql, object[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            var command = _source.CreateCommand(sql);
            await using var disposing = command.ConfigureAwait(false);
            foreach (var value in parameters)
                command.Parameters.Add(new NpgsqlParameter { Value = value });

            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = rows.ConfigureAwait(false);
            var slots = new List<SlotStatus>();
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                slots.Add(Read(rows));
            return slots;
        }
        catch (NpgsqlException error)
        {
            throw Failed(error);
        }
    }

    private static SlotStatus Read(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Plugin = row.GetString(1),
        Type = row.GetString(2),
        IsActive = row.GetBoolean(3),
        RestartLsn = TextOf(row, 4),
        ConfirmedFlushLsn = TextOf(row, 5),
        RetainedBytes = row.IsDBNull(6) ? null : row.GetInt64(6),
    };

    private static string? TextOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<NpgsqlLogSequenceNumber>(column).ToString();

    private static DetectorException Failed(NpgsqlException error) => error is PostgresException server
        ? new DetectorException(ErrorCode.SourceNotReady, server.MessageText, isTransient: false, error)
        : new DetectorException(ErrorCode.SourceUnavailable, $"Cannot reach PostgreSQL: {(error.InnerException ?? error).Message}", isTransient: true, error);
}
