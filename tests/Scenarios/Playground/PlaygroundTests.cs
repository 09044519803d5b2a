using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Playground;

/// <summary>The real command, as a new user runs it.</summary>
public sealed partial class PlaygroundTests : IDisposable
{
    private const string Equal = "Every committed change was delivered exactly once.";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("pgcdc-playground-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Playground_WithoutAnything_StartsItsOwnServerAndStopsIt()
    {
        await using var process = Start("--duration", "3s", "--quiet");
        var output = process.Output.ReadToEndAsync();
        await process.LogContainsAsync("PostgreSQL runs on 127.0.0.1:", s_patience);
        var files = ServerFolder().Match(string.Join('\n', process.Log)).Groups["folder"].Value;
        Assert.True(Directory.Exists(files), files);

        Assert.Equal(0, await process.ExitAsync(s_patience));

        Assert.Empty(await output);
        Assert.Equal(Equal, process.Log.Last());
        Assert.False(Directory.Exists(files), $"{files} was left behind");
    }

    [Fact]
    public async Task Playground_OnADatabase_PrintsEveryChangeAndTidiesUp()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await using var process = Start("--db", cluster.Uri, "--duration", "3s", "--rate", "300");

        var lines = (await process.Output.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, await process.ExitAsync(s_patience));

        Assert.Equal(Equal, process.Log.Last());
        Assert.Equal(Total(process), lines.Length);
        Assert.All(lines, line => Assert.StartsWith("pgcdc:shop.", JsonDocument.Parse(line).RootElement.GetProperty("channel").GetString(), StringComparison.Ordinal));
        Assert.Equal(0L, await cluster.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM pg_replication_slots) + (SELECT count(*) FROM pg_publication) + (SELECT count(*) FROM pg_namespace WHERE nspname = 'shop')"));
    }

    [Fact]
    public async Task Playground_StoppedByTheUser_StillDeliversWhatWasCommitted()
    {
        await using var cluster = await PostgresCluster.StartNewAsync();
        await using var process = Start("--db", cluster.Uri, "--duration", "0", "--rate", "2000", "--quiet");
        await process.LogContainsAsync("unacked", s_patience);

        process.Send(Signal.TERM);

        Assert.Equal(0, await process.ExitAsync(s_patience));
        Assert.Equal(Equal, process.Log.Last());
        Assert.True(Total(process) > 100, process.Describe());
    }

    [Fact]
    public async Task Playground_OnAServerThatCannotBeCaptured_SaysWhatToDo()
    {
        await using var cluster = await PostgresCluster.StartNewAsync(
            new PostgresClusterOptions { Settings = new Dictionary<string, string> { ["wal_level"] = "replica" } });
        await using var process = Start("--db", cluster.Uri);

        Assert.Equal(1, await process.ExitAsync(s_patience));
        Assert.Equal(
            $"Error: wal_level of PostgreSQL at localhost:{cluster.Port} is 'replica', not 'logical'; run ALTER SYSTEM SET wal_level = logical and restart the server.",
            process.Log.Last());
        Assert.Equal(0L, await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_namespace WHERE nspname = 'shop'"));
    }

    [Fact]
    public async Task Playground_OnAServerThatIsNotThere_SaysSo()
    {
        var (exitCode, _, errors) = await PgCdcProcess.RunAsync("playground", "--db", "postgres://postgres@127.0.0.1:1/postgres");

        Assert.Equal((1, "Error: The database failed: Connection refused; check --db and that the server runs."), (exitCode, errors));
    }

    [Theory]
    [InlineData("--rate", "0", "--rate: must be between 1 and 100000")]
    [InlineData("--duration", "soon", "--duration: 'soon' is not a duration such as 30s or 5m")]
    public async Task Playground_ImpossibleOption_IsRefused(string flag, string value, string expected)
    {
        var (exitCode, _, errors) = await PgCdcProcess.RunAsync("playground", flag, value);

        Assert.Equal((1, $"Error: {expected}"), (exitCode, errors));
    }

    private PgCdcProcess Start(params string[] arguments) => PgCdcProcess.Start(["playground", .. arguments], _folder);

    /// <summary>The last line of the summary's table.</summary>
    private static int Total(PgCdcProcess process) =>
        int.Parse(TotalRow().Match(string.Join('\n', process.Log)).Groups["delivered"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^total +\d+ +(?<delivered>\d+)$", RegexOptions.Multiline)]
    private static partial Regex TotalRow();

    [GeneratedRegex("its files are in (?<folder>.+)$", RegexOptions.Multiline)]
    private static partial Regex ServerFolder();
}
