using PgCdc.TestKit.Postgres;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>A database of a test's own on the class's server.</summary>
public sealed record TestDatabase(PostgresCluster Server, string Name)
{
    /// <summary>What the detector of the test may name its slot: unlike databases, slots are shared by the whole server.</summary>
    public string Slot => $"slot_{Name}";

    public string Uri => Server.UriFor(Name);

    public Task ExecuteAsync(string sql) => Server.ExecuteAsync(sql, Name);

    public Task<T?> ScalarAsync<T>(string sql) => Server.ScalarAsync<T>(sql, Name);
}
