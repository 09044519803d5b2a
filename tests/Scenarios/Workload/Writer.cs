using Npgsql;
using static PgCdc.Scenarios.Workload.WorkloadTables;

namespace PgCdc.Scenarios.Workload;

/// <summary>
/// Runs random transactions until it is told to stop: some are rolled back, some in parts. Each one that commits says so in the ledger.
/// Goes on over a crash of the server; what a broken commit came to, the ledger tells.
/// </summary>
internal sealed class Writer(int id, int seed, string connectionString, TimeSpan pause)
{
    private static readonly TimeSpan s_reconnectPause = TimeSpan.FromMilliseconds(100);
    private readonly Random _random = new(seed);
    private readonly Changes _changes = new(new Random(seed + 1));
    private long _number;

    /// <summary>Transactions committed.</summary>
    public long Committed => Interlocked.Read(ref _number);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(CancellationToken.None);
                await ResumeAsync(connection);
                await WriteAsync(connection, stop);
            }
            catch (NpgsqlException error) when (IsServerDown(error))
            {
                await Task.Delay(s_reconnectPause, CancellationToken.None);
            }
        }
    }

    private static bool IsServerDown(NpgsqlException error) => error is not PostgresException server || server.SqlState
        is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;

    private async Task ResumeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT coalesce(max(number), 0) FROM {Ledger.Name.Quoted} WHERE writer = {id}", connection);
        Interlocked.Exchange(ref _number, (long)(await command.ExecuteScalarAsync(CancellationToken.None))!);
    }

    private async Task WriteAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RunTransactionAsync(connection);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
            {
                // Rolled back: writers that meet on a row are part of the workload.
                await ExecuteAsync(connection, "ROLLBACK");
            }
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private async Task RunTransactionAsync(NpgsqlConnection connection)
    {
        await ExecuteAsync(connection, "BEGIN");
        var changes = 0;
        for (var step = _random.Next(8); step > 0; step--)
            changes += _random.Next(4) == 0 ? await NestAsync(connection) : await ApplyAsync(connection);
        if (_random.Next(10) == 0)
        {
            await ExecuteAsync(connection, "ROLLBACK");
            return;
        }
        await ExecuteAsync(connection, $"INSERT INTO {Ledger.Name.Quoted} VALUES ({id}, {_number + 1}, {changes})");
        await ExecuteAsync(connection, "COMMIT");
        Interlocked.Increment(ref _number);
    }

    private async Task<int> NestAsync(NpgsqlConnection connection)
    {
        await ExecuteAsync(connection, "SAVEPOINT nested");
        var changes = 0;
        for (var step = _random.Next(1, 4); step > 0; step--)
            changes += await ApplyAsync(connection);
        if (_random.Next(2) == 0)
        {
            await ExecuteAsync(connection, "ROLLBACK TO SAVEPOINT nested");
            changes = 0;
        }
        await ExecuteAsync(connection, "RELEASE SAVEPOINT nested");
        return changes;
    }

    private async Task<int> ApplyAsync(NpgsqlConnection connection)
    {
        var change = _changes.Next();
        var affected = await ExecuteAsync(connection, change.Sql);
        return change.Events ?? affected;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
