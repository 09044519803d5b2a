using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class ConnectionSettingsTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("pgcdc-home-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Uri_WithEverything_IsReadByPart()
    {
        var settings = Parse(
            "postgres://al%40ice:p%3Ass%2Fw%C3%B6rd%25@db.example:6000/my%20db?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.crt&sslkey=/c.key"
            + "&application_name=a+b&connect_timeout=7&channel_binding=require&options=-c%20work_mem%3D1MB&replication=database");

        Assert.Equal("al@ice", settings.User);
        Assert.Equal("p:ss/wörd%", settings.Password);
        Assert.Equal("db.example", settings.Host);
        Assert.Equal(6000, settings.Port);
        Assert.Equal("my db", settings.Database);
        Assert.Equal(SslMode.VerifyFull, settings.SslMode);
        Assert.Equal("/ca.pem", settings.SslRootCertificate);
        Assert.Equal("/c.crt", settings.SslCertificate);
        Assert.Equal("/c.key", settings.SslKey);
        Assert.Equal("a+b", settings.ApplicationName);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.ConnectTimeout);
        Assert.Equal(ChannelBindingMode.Require, settings.ChannelBinding);
        Assert.Equal("-c work_mem=1MB", settings.Options);
    }

    [Theory]
    [InlineData("postgresql://h/d", "h", 5432, "d")]
    [InlineData("postgresql://h:1?dbname=d", "h", 1, "d")]
    [InlineData("postgres://[::1]:7/d", "::1", 7, "d")]
    [InlineData("postgres://[fe80::1]/d", "fe80::1", 5432, "d")]
    [InlineData("postgres://%2Fvar%2Frun%2Fpg:9/d", "/var/run/pg", 9, "d")]
    [InlineData("postgres:///d?host=/tmp/s&port=8", "/tmp/s", 8, "d")]
    [InlineData("postgres://u@h", "h", 5432, "u")]
    [InlineData("host=h dbname=d port = 3", "h", 3, "d")]
    [InlineData("host='h h' dbname='it\\'s \\\\'", "h h", 5432, "it's \\")]
    [InlineData("  host=h\\ h\tdbname=d ", "h h", 5432, "d")]
    public void Text_InEitherForm_NamesTheSamePlace(string text, string host, int port, string database)
    {
        _variables["PGUSER"] = "u";

        var settings = Parse(text);

        Assert.Equal((host, port, database, "u"), (settings.Host, settings.Port, settings.Database, settings.User));
    }

    [Theory]
    [InlineData("postgres://h:x/", "port", "is not a number between 1 and 65535.")]
    [InlineData("postgres://h:65536/", "port", "is not a number between 1 and 65535.")]
    [InlineData("postgres://h/?sslmode=on", "sslmode", "'on' is not one of disable, allow, prefer, require, verify-ca, verify-full.")]
    [InlineData("postgres://h/?channel_binding=yes", "channel_binding", "'yes' is not one of disable, prefer, require.")]
    [InlineData("postgres://h/?connect_timeout=1s", "connect_timeout", "'1s' is not a number of seconds up to 3600 (0 means no limit).")]
    [InlineData("postgres://h/%zz", "dbname", "'%' must be followed by two hexadecimal digits; write a percent sign as %25.")]
    [InlineData("postgres://h/a%00b", "dbname", "%00 is not allowed.")]
    [InlineData("postgres://h/?sslmode", "query", "a part of the URI after '?' has no '=' and value.")]
    [InlineData("postgres://[::1/d", "host", "an IPv6 address begins with '[' but has no ']'.")]
    [InlineData("postgres://[::1]5/d", "host", "']' is followed by something else than ':' and a port.")]
    [InlineData("postgres://a,b/d", "host", "several hosts ('a,b') are not supported; name the primary.")]
    [InlineData("postgres://a:1,b:2/d", "host", "several hosts ('a:1,b:2') are not supported; name the primary.")]
    [InlineData("host=a,b", "host", "several hosts ('a,b') are not supported; name the primary.")]
    [InlineData("host='a", "host", "its quoted value has no closing quote.")]
    [InlineData("localhost:5432/db", "db", "is neither a postgres:// URI nor key=value pairs.")]
    [InlineData("host=h password=my secret", "password", "is followed by a word without '='; put a value with spaces into single quotes.")]
    [InlineData("postgres://u:sec/ret@h/d", "password", "contains '/' or '?'; write them as %2F and %3F.")]
    [InlineData("postgres://u:sec?ret@h/d", "password", "contains '/' or '?'; write them as %2F and %3F.")]
    [InlineData("postgres://h/?sslrootcert=system&sslmode=require", "sslmode", "'require' is too weak for sslrootcert=system; use verify-full.")]
    public void Text_ThatCannotBeUsed_IsRefusedByParameter(string text, string parameter, string problem)
    {
        var error = Assert.Throws<ConnectionSettingsException>(() => Parse(text));

        Assert.Equal(parameter, error.Parameter);
        Assert.Equal($"Database connection parameter '{parameter}': {problem}", error.Message);
    }

    [Fact]
    public void Parameter_Unknown_IsNamedBesideTheKnownOnes()
    {
        var error = Assert.Throws<ConnectionSettingsException>(() => Parse("host=h sslmod=require"));

        Assert.StartsWith("Database connection parameter 'sslmod': is not known or not supported; known are host, port, user,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_FillsWhatTheTextLeavesOut()
    {
        _variables["PGHOST"] = "envhost";
        _variables["PGPORT"] = "6543";
        _variables["PGUSER"] = "envuser";
        _variables["PGPASSWORD"] = "envpass";
        _variables["PGDATABASE"] = "envdb";
        _variables["PGSSLMODE"] = "require";
        _variables["PGSSLROOTCERT"] = "/env.pem";

        var settings = Parse("host=written");

        Assert.Equal(("written", 6543, "envuser", "envpass", "envdb"), (settings.Host, settings.Port, settings.User, settings.Password, settings.Database));
        Assert.Equal((SslMode.Require, "/env.pem"), (settings.SslMode, settings.SslRootCertificate));
    }

    [Fact]
    public void Text_Empty_TakesLibpqsDefaults()
    {
        var settings = Parse("");

        Assert.Equal((ConnectionEnvironment.DefaultHost, 5432, "tester", "tester"), (settings.Host, settings.Port, settings.User, settings.Database));
        Assert.Equal((SslMode.Prefer, ChannelBindingMode.Prefer), (settings.SslMode, settings.ChannelBinding));
        Assert.Null(settings.Password);
    }

    [Fact]
    public void PassFile_GivesThePasswordOfTheFirstMatchingLine()
    {
        WritePassFile(UnixFileMode.UserRead, "# comment", "h:1:*:u:wrong port", "h:5432:d:u:right\\:\\\\one", "*:*:*:*:any");

        Assert.Equal("right:\\one", Parse("postgres://u@h/d").Password);
        Assert.Equal("any", Parse("postgres://u@other/d").Password);
        Assert.Equal("written", Parse("postgres://u:written@h/d").Password);
    }

    [Fact]
    public void PassFile_ReadableByOthers_IsIgnored()
    {
        WritePassFile(UnixFileMode.UserRead | UnixFileMode.GroupRead, "*:*:*:*:any");

        Assert.Null(Parse("postgres://u@h/d").Password);
    }

    [Theory]
    [InlineData("require", true, CertificateCheck.Authority)]
    [InlineData("prefer", true, CertificateCheck.Authority)]
    [InlineData("require", false, CertificateCheck.None)]
    [InlineData("verify-ca", true, CertificateCheck.Authority)]
    [InlineData("verify-full", true, CertificateCheck.AuthorityAndHostName)]
    public void CertificateCheck_FollowsModeAndDefaultRootFile(string mode, bool rootFile, object check)
    {
        if (rootFile)
        {
            Directory.CreateDirectory(Path.Combine(_home, ".postgresql"));
            File.WriteAllText(Path.Combine(_home, ".postgresql", "root.crt"), "");
        }

        Assert.Equal(check, Parse($"postgres://h/d?sslmode={mode}").CertificateCheck);
    }

    [Fact]
    public void ToString_WithPassword_DoesNotShowIt()
    {
        var settings = Parse("postgres://u:hushhush@h/d");

        Assert.Equal("u@h:5432/d (sslmode=prefer)", settings.ToString());
        Assert.Equal("u@h:5432/d (sslmode=prefer)", $"{settings}");
    }

    [Theory]
    [InlineData("disable", Npgsql.SslMode.Disable)]
    [InlineData("allow", Npgsql.SslMode.Allow)]
    [InlineData("prefer", Npgsql.SslMode.Prefer)]
    [InlineData("require", Npgsql.SslMode.Require)]
    [InlineData("verify-ca", Npgsql.SslMode.VerifyCA)]
    [InlineData("verify-full", Npgsql.SslMode.VerifyFull)]
    public void ToNpgsql_KeepsEveryPart(string mode, Npgsql.SslMode expected)
    {
        var npgsql = Parse($"postgres://u:p%27;w@h:99/d?sslmode={mode}&sslrootcert=/none.pem&application_name=n&connect_timeout=4&options=-c%20x%3D1").ToNpgsql();

        Assert.Equal(("h", 99, "u", "p';w", "d"), (npgsql.Host, npgsql.Port, npgsql.Username, npgsql.Password, npgsql.Database));
        Assert.Equal((expected, "n", 4, "-c x=1"), (npgsql.SslMode, npgsql.ApplicationName, npgsql.Timeout, npgsql.Options));
        Assert.Equal(expected >= Npgsql.SslMode.VerifyCA ? "/none.pem" : null, npgsql.RootCertificate);
    }

    [Fact]
    public void Uri_OfAnyParts_IsReadBackAsWritten()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var (user, password, database) = (AnyText(random), AnyText(random), AnyText(random));

            var fromUri = Parse($"postgres://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@h/{Uri.EscapeDataString(database)}");
            var fromKeywords = Parse($"host=h user={Quote(user)} password={Quote(password)} dbname={Quote(database)}");

            Assert.True((user, password, database) == (fromUri.User, fromUri.Password, fromUri.Database), $"seed {seed}: '{user}' '{password}' '{database}'");
            Assert.True(fromUri == fromKeywords, $"seed {seed}: '{user}' '{password}' '{database}'");
        }
    }

    [Fact]
    public void Text_Random_IsReadOrRefusedByParameter()
    {
        const string alphabet = "ab=':/?@%&[],\\ 01";
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var text = (random.Next(2) == 0 ? "postgres://" : "") + random.GetString(alphabet, random.Next(24));
            var error = Record.Exception(() => Parse(text));
            Assert.True(error is null or ConnectionSettingsException, $"seed {seed}: '{text}': {error}");
        }
    }

    private static string AnyText(Random random) => random.GetString("aZ09 '\\\"%@:/?#&=+,[]äß€", random.Next(1, 12));

    private static string Quote(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private ConnectionSettings Parse(string text) =>
        ConnectionSettingsParser.Parse(text, new ConnectionEnvironment(name => _variables.GetValueOrDefault(name), _home, "tester"));

    private void WritePassFile(UnixFileMode mode, params string[] lines)
    {
        var path = Path.Combine(_home, ".pgpass");
        File.WriteAllLines(path, lines);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
