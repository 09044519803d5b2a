using Npgsql;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Commits the life of the shop at a steady rate and counts every row change that the server confirmed.</summary>
internal sealed class ShopGenerator(NpgsqlDataSource database, PlaygroundOptions options, ChangeCounts generated, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private readonly ShopLife _life = new(new Random());

    /// <summary>Works for the length of the playground, or until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await CommitAsync(connection, _life.Open());
        var opened = generated.Total;
        var start = time.GetTimestamp();
        while (!stop.IsCancellationRequested && !IsOver(time.GetElapsedTime(start)))
        {
            if (generated.Total - opened < time.GetElapsedTime(start).TotalSeconds * options.Rate)
                await CommitAsync(connection, _life.Next());
            else
                await Task.Delay(s_pause, time, CancellationToken.None);
        }
    }

    private bool IsOver(TimeSpan elapsed) => options.Duration > TimeSpan.Zero && elapsed >= options.Duration;

    /// <summary>A batch of several statements is one transaction. Not interrupted: a commit of unknown outcome could not be counted.</summary>
    private async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<ShopChange> changes)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var change in changes)
        {
            var command = new NpgsqlBatchCommand(change.Sql);
            foreach (var value in change.Values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        for (var i = 0; i < changes.Count; i++)
            generated.Add(changes[i].Table, changes[i].Operation, batch.BatchCommands[i].RecordsAffected);
    }
}
