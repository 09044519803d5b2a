using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>A server with TLS and one user per way of being let in or not.</summary>
public sealed class TlsClusterFixture : IAsyncLifetime
{
    public const string Password = "s3cret ü'\\";

    public PostgresCluster Cluster { get; private set; } = null!;

    /// <summary>A PEM file of an authority that signed nothing here.</summary>
    public string OtherAuthorityFile => Path.Combine(Cluster.Folder, "other.crt");

    public async ValueTask InitializeAsync()
    {
        Cluster = await PostgresCluster.StartNewAsync(new PostgresClusterOptions
        {
            Tls = true,
            Hba =
            [
                "host all clear all password",
                "host all digest all md5",
                "host all scram all scram-sha-256",
                "host all rejected all reject",
                "hostssl all client all cert",
                "hostnossl all client all reject",
                "hostssl all tlsonly all trust",
                "hostnossl all tlsonly all reject",
                "hostnossl all plainonly all trust",
                "hostssl all plainonly all reject",
            ],
        });
        using (var other = new TestCertificates("Another authority"))
            other.WriteAuthority(OtherAuthorityFile);
        var literal = $"'{Password.Replace("'", "''", StringComparison.Ordinal)}'";
        await Cluster.ExecuteAsync($"""
            SET standard_conforming_strings = on;
            SET password_encryption = 'md5';
            CREATE ROLE digest LOGIN REPLICATION PASSWORD {literal};
            SET password_encryption = 'scram-sha-256';
            CREATE ROLE clear LOGIN REPLICATION PASSWORD {literal};
            CREATE ROLE scram LOGIN REPLICATION PASSWORD {literal};
            CREATE ROLE rejected LOGIN REPLICATION;
            CREATE ROLE client LOGIN REPLICATION;
            CREATE ROLE tlsonly LOGIN REPLICATION;
            CREATE ROLE plainonly LOGIN REPLICATION;
            """);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
