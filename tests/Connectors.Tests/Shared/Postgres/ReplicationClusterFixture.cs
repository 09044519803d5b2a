using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>A server with TLS for streaming tests; every test makes its own table, publication and temporary slot.</summary>
public sealed class ReplicationClusterFixture : IAsyncLifetime
{
    public PostgresCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await PostgresCluster.StartNewAsync(new PostgresClusterOptions { Tls = true });

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>Creates a table of that name with a publication of the same name.</summary>
    public Task CreateTableAsync(string name) =>
        Cluster.ExecuteAsync($"CREATE TABLE {name} (id bigint PRIMARY KEY, name text); CREATE PUBLICATION {name} FOR TABLE {name}");
}
