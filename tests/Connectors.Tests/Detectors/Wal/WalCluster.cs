using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>One server for the tests of a class; each test makes a database of its own.</summary>
public sealed class WalCluster : IAsyncLifetime
{
    private int _databases;

    public PostgresCluster Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresCluster.StartNewAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A fresh database with the given schema and publication <c>pub</c> of all its tables.</summary>
    public async Task<TestDatabase> CreateAsync(string sql = "")
    {
        var name = await Server.CreateDatabaseAsync($"wal{Interlocked.Increment(ref _databases)}");
        var database = new TestDatabase(Server, name);
        await database.ExecuteAsync("CREATE PUBLICATION pub FOR ALL TABLES");
        if (sql.Length > 0)
            await database.ExecuteAsync(sql);
        return database;
    }
}
