using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Refusals;

/// <summary>One server for all refusals; each test has a database of its own.</summary>
public sealed class RefusalFixture : IAsyncLifetime
{
    /// <summary>Needs a password.</summary>
    public const string PasswordUser = "careful";

    /// <summary>May log in and create tables, nothing more.</summary>
    public const string PlainUser = "plain";

    /// <summary>May replicate, and is no superuser.</summary>
    public const string ReplicationUser = "reader";

    public PostgresCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await PostgresCluster.StartNewAsync(new PostgresClusterOptions { Hba = [$"host all {PasswordUser} all scram-sha-256"] });
        await Cluster.ExecuteAsync($"CREATE ROLE {PasswordUser} LOGIN REPLICATION PASSWORD 'right'; CREATE ROLE {PlainUser} LOGIN; CREATE ROLE {ReplicationUser} LOGIN REPLICATION");
        await Cluster.ExecuteAsync($"GRANT CREATE ON SCHEMA public TO {PlainUser}", "template1");
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
