using Npgsql;
using NpgsqlTypes;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>An ordinary connection to the source, for the questions asked and the objects made before reading starts.</summary>
internal sealed class SourceCatalog : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly ConnectionSettings _settings;

    private SourceCatalog(NpgsqlConnection connection, ConnectionSettings settings)
    {
        _connection = connection;
        _settings = settings;
    }

    /// <exception cref="Errors.DetectorException">The database cannot be reached or refuses.</exception>
    public static async Task<SourceCatalog> OpenAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var builder = settings.ToNpgsql();
        builder.Pooling = false;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new SourceCatalog(connection, settings);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw SourceErrors.Of(error, settings);
        }
    }

    public Task<ServerFacts> ReadServerAsync(string publication, CancellationToken cancellationToken) => QueryAsync(
        """
        SELECT current_setting('wal_level'),
               (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_sender_timeout'),
               d.datname, d.oid,
               EXISTS (SELECT FROM pg_publication WHERE pubname = $1)
        FROM pg_database d WHERE d.datname = current_database()
        """,
        [publication],
        row => new ServerFacts
        {
            WalLevel = row.GetString(0),
            WalSenderTimeout = TimeSpan.FromMilliseconds(row.GetInt64(1)),
            Database = row.GetString(2),
            DatabaseOid = row.GetFieldValue<uint>(3),
            HasPublication = row.GetBoolean(4),
        },
        cancellationToken)!;

    /// <summary>The slot, or null when there is none. Columns that older servers lack are asked for through JSON.</summary>
    public Task<SlotFacts?> FindSlotAsync(string slot, CancellationToken cancellationToken) => QueryAsync(
        """
        SELECT s.plugin::text, s.database::text, s.temporary, s.confirmed_flush_lsn, s.active_pid, a.application_name,
               s.json ->> 'wal_status',
               coalesce(s.json ->> 'invalidation_reason', CASE s.json ->> 'conflicting' WHEN 'true' THEN 'conflicting' END),
               coalesce((s.json ->> 'failover')::boolean, false)
        FROM (SELECT *, to_jsonb(r) AS json FROM pg_replication_slots r WHERE slot_name = $1) s
        LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
        """,
        [slot],
        row => new SlotFacts
        {
            Name = slot,
            Plugin = Nullable<string>(row, 0),
            Database = Nullable<string>(row, 1),
            IsTemporary = row.GetBoolean(2),
            ConfirmedFlush = row.IsDBNull(3) ? Lsn.None : new Lsn((ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(3)),
            ActivePid = row.IsDBNull(4) ? null : row.GetInt32(4),
            ActiveApplication = Nullable<string>(row, 5),
            WalStatus = Nullable<string>(row, 6),
            InvalidationReason = Nullable<string>(row, 7),
            IsFailover = row.GetBoolean(8),
        },
        cancellationToken);

    /// <summary>Makes a publication of every table; one that was made meanwhile is as good.</summary>
    public async Task CreatePublicationAsync(string publication, CancellationToken cancellationToken)
    {
        try
        {
            var command = new NpgsqlCommand($"CREATE PUBLICATION {SqlName.Quote(publication)} FOR ALL TABLES", _connection);
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Two starts at once: the other one made it.
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw SourceErrors.MayNotCreatePublication(publication, _settings, error);
        }
        catch (NpgsqlException error)
        {
            throw SourceErrors.Of(error, _settings);
        }
    }

    /// <summary>Ends a reader of a slot, if it is still that reader: process, name and slot are looked at in the same statement.</summary>
    public async Task TerminateAsync(SlotFacts slot, CancellationToken cancellationToken)
    {
        try
        {
            await QueryAsync(
                """
                SELECT pg_terminate_backend(a.pid)
                FROM pg_stat_activity a JOIN pg_replication_slots s ON s.active_pid = a.pid
                WHERE s.slot_name = $1 AND a.pid = $2 AND a.application_name = $3
                """,
                [slot.Name, slot.ActivePid!.Value, slot.ActiveApplication!],
                row => row.GetBoolean(0),
                cancellationToken).ConfigureAwait(false);
        }
        catch (PgCdc.Errors.DetectorException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            throw SourceErrors.MayNotTerminate(slot, _settings, error);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static T? Nullable<T>(NpgsqlDataReader row, int column)
        where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private async Task<T?> QueryAsync<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            var command = new NpgsqlCommand(sql, _connection);
            await using var disposing = command.ConfigureAwait(false);
            foreach (var value in parameters)
                command.Parameters.Add(new NpgsqlParameter { Value = value });

            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = rows.ConfigureAwait(false);
            return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(rows) : default;
        }
        catch (NpgsqlException error)
        {
            throw SourceErrors.Of(error, _settings);
        }
    }
}
