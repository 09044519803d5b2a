using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class AuthenticationTests(TlsClusterFixture fixture) : IClassFixture<TlsClusterFixture>
{
    [Theory]
    [InlineData("postgres", "disable", "prefer")]
    [InlineData("clear", "disable", "prefer")]
    [InlineData("clear", "require", "prefer")]
    [InlineData("digest", "disable", "prefer")]
    [InlineData("digest", "require", "prefer")]
    [InlineData("scram", "disable", "prefer")]
    [InlineData("scram", "require", "prefer")]
    [InlineData("scram", "require", "disable")]
    [InlineData("scram", "require", "require")]
    public void Session_ByEachMethod_IsOpenedForItsUser(string user, string sslMode, string channelBinding)
    {
        using var connection = ReplicationConnection.Open(Settings(user, TlsClusterFixture.Password, sslMode, channelBinding));

        Assert.Equal(user, connection.Query("SELECT current_user AS name").Value("name"));
    }

    [Theory]
    [InlineData("clear")]
    [InlineData("digest")]
    [InlineData("scram")]
    public void Session_WithAWrongPassword_TellsTheServersWords(string user)
    {
        var error = Assert.Throws<PostgresServerException>(() => ReplicationConnection.Open(Settings(user, "wrong", "prefer")));

        Assert.Equal("28P01", error.SqlState);
        Assert.Equal($"FATAL 28P01: password authentication failed for user \"{user}\"", error.Message);
    }

    [Fact]
    public void Session_WithoutTheNeededPassword_SaysWhereToGiveOne()
    {
        var error = Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(Settings("scram", null, "disable")));

        Assert.Equal(
            $"localhost:{fixture.Cluster.Port} asks user 'scram' for a password; give one in the URL, PGPASSWORD or ~/.pgpass.", error.Message);
    }

    [Fact]
    public void Session_OfARejectedUser_TellsTheServersWords()
    {
        var error = Assert.Throws<PostgresServerException>(() => ReplicationConnection.Open(Settings("rejected", null, "prefer")));

        Assert.Equal("28000", error.SqlState);
        Assert.Contains("pg_hba.conf rejects connection", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scram", "disable", "Channel binding is not possible with localhost:{0}, but channel_binding=require.")]
    [InlineData("digest", "require", "localhost:{0} does not use SCRAM-SHA-256-PLUS for user 'digest', but channel_binding=require.")]
    [InlineData("postgres", "require", "localhost:{0} authenticated this session without channel binding, but channel_binding=require.")]
    public void Session_ThatCannotBind_IsRefusedWhenRequired(string user, string sslMode, string message)
    {
        var settings = Settings(user, TlsClusterFixture.Password, sslMode, "require");

        var error = Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(settings));

        Assert.Equal(string.Format(null, message, fixture.Cluster.Port), error.Message);
    }

    private ConnectionSettings Settings(string user, string? password, string sslMode, string channelBinding = "prefer") =>
        ConnectionSettingsParser.Parse(
            $"{fixture.Cluster.UriFor("postgres", user, password)}?sslmode={sslMode}&channel_binding={channelBinding}",
            new ConnectionEnvironment(_ => null, "/nonexistent", "nobody"));
}
