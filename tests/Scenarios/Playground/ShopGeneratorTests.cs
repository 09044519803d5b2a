using Npgsql;
using PgCdc.Client.Cli.Commands.Playground;
using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Playground;

public sealed class ShopGeneratorTests
{
    private const int Rate = 1_000;
    private const int Enough = 1_500;
    private const int OpeningAndOneTransaction = 100;

    [Fact]
    public async Task Shop_AfterAWhile_HasChangedEveryTableInEveryWayButNotTooFast()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await new ShopSchema(database).CreateAsync(CancellationToken.None);
        var generated = new ChangeCounts();
        var options = new PlaygroundOptions { Rate = Rate, Duration = TimeSpan.Zero };
        var start = TimeProvider.System.GetTimestamp();
        using var stop = new CancellationTokenSource();

        var running = new ShopGenerator(database, options, generated, TimeProvider.System).RunAsync(stop.Token);
        await Eventually.HoldsAsync("enough changes", () => generated.Total >= Enough, TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;

        var counts = generated.Snapshot();
        Assert.Equal(
            ["customers", "order_items", "orders"],
            counts.Keys.Where(key => key.Operation == "DELETE").Select(key => key.Table).Order());
        Assert.All(ShopSchema.Tables, table => Assert.True(counts[(table, "INSERT")] > 0 && counts[(table, "UPDATE")] > 0, table));
        Assert.True(generated.Total < (Rate * TimeProvider.System.GetElapsedTime(start).TotalSeconds) + OpeningAndOneTransaction);
        foreach (var table in ShopSchema.Tables)
        {
            var rows = counts[(table, "INSERT")] - counts.GetValueOrDefault((table, "DELETE"));
            Assert.Equal(rows, await cluster.ScalarAsync<long>($"SELECT count(*) FROM shop.{table}"));
        }
    }

    [Fact]
    public async Task Schema_OfSomebodyElse_IsLeftAlone()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await cluster.ExecuteAsync("CREATE SCHEMA shop; CREATE TABLE shop.orders (id int)");
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);

        var error = await Assert.ThrowsAsync<PlaygroundException>(() => new ShopSchema(database).CreateAsync(CancellationToken.None));

        Assert.Equal("The database has a schema 'shop' that is not the playground's; choose another database with --db.", error.Message);
        Assert.Equal(1L, await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'shop'"));
    }

    [Fact]
    public async Task Schema_OfAPlaygroundThatWasKilled_IsMadeAnew()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        var schema = new ShopSchema(database);
        await schema.CreateAsync(CancellationToken.None);
        await cluster.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{ShopSchema.Slot}', 'pgoutput')");

        await schema.CreateAsync(CancellationToken.None);

        Assert.Equal(0L, await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots"));
        await schema.RemoveAsync(TimeProvider.System);
        Assert.Equal(0L, await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_publication"));
    }
}
