using System.Diagnostics;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>Each sslmode against a real server, side by side with libpq (psql) on the same URI.</summary>
public sealed class SslModeTests(TlsClusterFixture fixture) : IClassFixture<TlsClusterFixture>
{
    private const string Refused = "refused";
    private const string Plain = "plain";
    private const string Encrypted = "encrypted";

    [Theory]
    // Both ways are open to this user.
    [InlineData("postgres@localhost", "disable", "none", Plain)]
    [InlineData("postgres@localhost", "allow", "none", Plain)]
    [InlineData("postgres@localhost", "prefer", "none", Encrypted)]
    [InlineData("postgres@localhost", "require", "none", Encrypted)]
    [InlineData("postgres@localhost", "verify-ca", "none", Refused)]
    [InlineData("postgres@localhost", "verify-full", "none", Refused)]
    // The right authority.
    [InlineData("postgres@localhost", "prefer", "right", Encrypted)]
    [InlineData("postgres@localhost", "require", "right", Encrypted)]
    [InlineData("postgres@localhost", "verify-ca", "right", Encrypted)]
    [InlineData("postgres@localhost", "verify-full", "right", Encrypted)]
    // An authority that did not sign.
    [InlineData("postgres@localhost", "disable", "other", Plain)]
    [InlineData("postgres@localhost", "allow", "other", Plain)]
    [InlineData("postgres@localhost", "prefer", "other", Plain)]
    [InlineData("postgres@localhost", "require", "other", Refused)]
    [InlineData("postgres@localhost", "verify-ca", "other", Refused)]
    [InlineData("postgres@localhost", "verify-full", "other", Refused)]
    // The right authority, but a name that the certificate lacks.
    [InlineData("postgres@127.0.0.1", "require", "right", Encrypted)]
    [InlineData("postgres@127.0.0.1", "verify-ca", "right", Encrypted)]
    [InlineData("postgres@127.0.0.1", "verify-full", "right", Refused)]
    // Users whom the server lets in one way only.
    [InlineData("tlsonly@localhost", "disable", "none", Refused)]
    [InlineData("tlsonly@localhost", "allow", "none", Encrypted)]
    [InlineData("tlsonly@localhost", "prefer", "none", Encrypted)]
    [InlineData("tlsonly@localhost", "allow", "other", Refused)]
    [InlineData("tlsonly@localhost", "prefer", "other", Refused)]
    [InlineData("plainonly@localhost", "disable", "none", Plain)]
    [InlineData("plainonly@localhost", "allow", "none", Plain)]
    [InlineData("plainonly@localhost", "prefer", "none", Plain)]
    [InlineData("plainonly@localhost", "require", "none", Refused)]
    public async Task Session_UnderEachMode_EndsAsWithLibpq(string userAtHost, string mode, string authority, string outcome)
    {
        var uri = $"postgres://{userAtHost}:{fixture.Cluster.Port}/postgres?sslmode={mode}&sslrootcert={AuthorityFile(authority)}";

        Assert.Equal(outcome, OutcomeOf(uri));
        Assert.Equal(outcome, await OutcomeOfPsqlAsync(uri));
    }

    [Fact]
    public void Session_OverUnixSocket_IgnoresTheMode() =>
        Assert.Equal(Plain, OutcomeOf($"host={fixture.Cluster.SocketDirectory} port={fixture.Cluster.Port} user=postgres dbname=postgres sslmode=require"));

    [Fact]
    public void VerifyFull_WrongHostName_SaysWhichNames()
    {
        var settings = Parse($"postgres://postgres@127.0.0.1:{fixture.Cluster.Port}/postgres?sslmode=verify-full&sslrootcert={fixture.Cluster.AuthorityFile}");

        var error = Assert.Throws<PostgresTlsException>(() => ReplicationConnection.Open(settings));

        Assert.Equal(
            $"No TLS session with 127.0.0.1:{fixture.Cluster.Port}: its certificate (CN=localhost) is not for host '127.0.0.1', which sslmode=verify-full demands.",
            error.Message);
    }

    [Fact]
    public void VerifyCa_UnknownAuthority_NamesTheFile()
    {
        var settings = Parse($"{fixture.Cluster.Uri}?sslmode=verify-ca&sslrootcert={fixture.OtherAuthorityFile}");

        var error = Assert.Throws<PostgresTlsException>(() => ReplicationConnection.Open(settings));

        Assert.StartsWith(
            $"No TLS session with localhost:{fixture.Cluster.Port}: its certificate (CN=localhost) is not trusted by sslrootcert '{fixture.OtherAuthorityFile}': ",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VerifyCa_MissingRootFile_IsAnErrorOfThatParameter()
    {
        var settings = Parse($"{fixture.Cluster.Uri}?sslmode=verify-ca&sslrootcert=/nowhere.pem");

        var error = Assert.Throws<ConnectionSettingsException>(() => ReplicationConnection.Open(settings));

        Assert.Equal("Database connection parameter 'sslrootcert': file '/nowhere.pem' does not exist, which sslmode=verify-ca needs.", error.Message);
    }

    [Fact]
    public void ClientCertificate_OfTheServersAuthority_LetsTheUserIn()
    {
        var uri = fixture.Cluster.UriFor("postgres", "client");

        Assert.Equal(Encrypted, OutcomeOf($"{uri}?sslcert={fixture.Cluster.ClientCertificateFile}&sslkey={fixture.Cluster.ClientKeyFile}"));
        Assert.Equal(Refused, OutcomeOf(uri));
    }

    [Theory]
    [InlineData("require", "none")]
    [InlineData("require", "right")]
    [InlineData("verify-ca", "right")]
    [InlineData("verify-full", "right")]
    public async Task ToNpgsql_OfTlsSettings_Connects(string mode, string authority)
    {
        var settings = Parse($"{fixture.Cluster.Uri}?sslmode={mode}&sslrootcert={AuthorityFile(authority)}");

        await using var connection = new Npgsql.NpgsqlConnection(settings.ToNpgsql().ConnectionString);
        await connection.OpenAsync();
    }

    [Fact]
    public async Task ToNpgsql_RequireWithOtherAuthority_IsRefusedToo()
    {
        var settings = Parse($"{fixture.Cluster.Uri}?sslmode=require&sslrootcert={fixture.OtherAuthorityFile}");

        await using var connection = new Npgsql.NpgsqlConnection(settings.ToNpgsql().ConnectionString);
        await Assert.ThrowsAsync<Npgsql.NpgsqlException>(() => connection.OpenAsync());
    }

    private static ConnectionSettings Parse(string text) =>
        ConnectionSettingsParser.Parse(text, new ConnectionEnvironment(_ => null, "/nonexistent", "nobody"));

    private static string OutcomeOf(string uri)
    {
        try
        {
            using var connection = ReplicationConnection.Open(Parse(uri));
            var seen = connection.Query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Value("ssl");
            Assert.Equal(connection.IsEncrypted ? "t" : "f", seen);
            return connection.IsEncrypted ? Encrypted : Plain;
        }
        catch (Exception error) when (error is PostgresSessionException or ConnectionSettingsException)
        {
            return Refused;
        }
    }

    private static async Task<string> OutcomeOfPsqlAsync(string uri)
    {
        var start = new ProcessStartInfo(PostgresBinaries.PathOf("psql"), [uri, "-AtXc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = "/nonexistent" },
        };
        using var psql = Process.Start(start)!;
        var errors = psql.StandardError.ReadToEndAsync();
        var output = await psql.StandardOutput.ReadToEndAsync();
        await errors;
        return output.Trim() switch { "t" => Encrypted, "f" => Plain, _ => Refused };
    }

    private string AuthorityFile(string authority) => authority switch
    {
        "right" => fixture.Cluster.AuthorityFile,
        "other" => fixture.OtherAuthorityFile,
        _ => "/nowhere.pem",
    };
}
