using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class PostgresClusterTests
{
    [Fact]
    public async Task Cluster_KilledAndStarted_KeepsCommittedRows()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await cluster.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");

        cluster.Kill();
        Assert.Null(cluster.ProcessId);
        await cluster.StartAsync();

        Assert.Equal(1L, await cluster.ScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Cluster_RestartedImmediately_KeepsItsPort()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        var port = cluster.Port;

        await cluster.RestartAsync();

        Assert.Equal(port, cluster.Port);
        Assert.Equal("logical", await cluster.ScalarAsync<string>("SHOW wal_level"));
    }
}
