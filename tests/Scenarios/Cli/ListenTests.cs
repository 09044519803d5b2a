using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class ListenTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly WorkFolder _folder = new();
    private PostgresCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PostgresCluster.StartNewAsync();
        await _cluster.ExecuteAsync("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY)");
    }

    [Theory]
    [InlineData(nameof(Signal.TERM))]
    [InlineData(nameof(Signal.INT))]
    public async Task Signal_Once_StopsGracefully(string signal)
    {
        await using var process = await StartAsync();
        process.Send(Enum.Parse<Signal>(signal));

        Assert.Equal(0, await process.ExitAsync(s_patience));
        Assert.Matches(@"^pgcdc \d+\.\d+\.\d+: pipeline pipeline-[0-9a-f]{8}, wal -> stdout, bus fast$", process.Log.First());
    }

    [Fact]
    public async Task Listen_NoDoorAskedFor_HangsUpOnWhoeverConnects()
    {
        await using var process = await StartAsync();

        foreach (var port in ListeningPorts.Of(process.Id))
            await HangsUpAsync(port);
        Assert.True(process.IsRunning);
    }

    [Fact]
    public async Task Signal_SameAgainAtOnce_CountsOnce()
    {
        await using var process = await StartAsync();
        process.Send(Signal.TERM);
        process.Send(Signal.TERM);

        Assert.Equal(0, await process.ExitAsync(s_patience));
    }

    [Fact]
    public async Task Signal_TwiceWhileAnAdapterBlocks_EndsAtOnce()
    {
        _folder.Write("pgcdc.yaml", "shutdown_timeout: 10m\n");
        await using var process = await StartAsync("--bus-mode", "reliable");

        // Nobody reads on after the first line, so the pipe fills and the drain cannot end.
        await _cluster.ExecuteAsync("INSERT INTO a SELECT generate_series(1, 100000)");
        await NextChannelAsync(process);
        process.Send(Signal.TERM);
        await Eventually.HoldsAsync("the end of the process", () => SendAgain(process), s_patience, process.Describe);

        Assert.Equal(1, await process.ExitAsync(s_patience));
        Assert.True(process.LogContains("Error: second signal, stopping at once"), process.Describe());
    }

    [Fact]
    public async Task Hangup_ChangedRoutes_TakeEffectWithoutRestart()
    {
        _folder.Write("pgcdc.yaml", "routes: {stdout: ['pgcdc:a']}\n");
        await using var process = await StartAsync();
        await _cluster.ExecuteAsync("INSERT INTO b VALUES (1); INSERT INTO a VALUES (1)");
        Assert.Equal("pgcdc:a", await NextChannelAsync(process));

        _folder.Write("pgcdc.yaml", "routes: {stdout: ['pgcdc:b']}\n");
        process.Send(Signal.HUP);
        await process.LogContainsAsync("Configuration reloaded", s_patience);
        await _cluster.ExecuteAsync("INSERT INTO a VALUES (2); INSERT INTO b VALUES (2)");
        Assert.Equal("pgcdc:b", await NextChannelAsync(process));
    }

    [Fact]
    public async Task Hangup_BrokenFile_KeepsWhatRuns()
    {
        _folder.Write("pgcdc.yaml", "routes: {stdout: ['pgcdc:a']}\n");
        await using var process = await StartAsync();
        _folder.Write("pgcdc.yaml", "rotues: {stdout: ['pgcdc:b']}\n");
        process.Send(Signal.HUP);
        await process.LogContainsAsync("rotues.stdout: unknown key", s_patience);

        await _cluster.ExecuteAsync("INSERT INTO b VALUES (1); INSERT INTO a VALUES (1)");
        Assert.Equal("pgcdc:a", await NextChannelAsync(process));
    }

    [Fact]
    public async Task Flags_RouteAndJsonLogs_TakeEffect()
    {
        await using var process = await StartAsync("--route", "stdout=pgcdc:none,pgcdc:b", "--log-format", "json", "--bus-mode", "reliable");
        await _cluster.ExecuteAsync("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
        Assert.Equal("pgcdc:b", await NextChannelAsync(process));

        process.Send(Signal.TERM);
        await process.ExitAsync(s_patience);
        Assert.All(process.Log, line => Assert.Equal(["time", "level", "msg"], JsonDocument.Parse(line).RootElement.EnumerateObject().Take(3).Select(member => member.Name)));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A server that wants to talk would wait for the first word.</summary>
    private static async Task HangsUpAsync(int port)
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            Assert.Equal(0, await caller.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience));
        }
        catch (IOException reset)
        {
            Assert.IsType<SocketException>(reset.InnerException);
        }
    }

    private async Task<PgCdcProcess> StartAsync(params string[] arguments)
    {
        var process = PgCdcProcess.Start(["listen", "--all-tables", "--db", _cluster.Uri, .. arguments], _folder.Path);
        await process.LogContainsAsync("captures changes", s_patience);
        return process;
    }

    private static async Task<string?> NextChannelAsync(PgCdcProcess process)
    {
        var line = await process.Output.ReadLineAsync().WaitAsync(s_patience);
        return JsonDocument.Parse(line!).RootElement.GetProperty("channel").GetString();
    }

    /// <summary>The second signal counts only when it does not follow the first immediately.</summary>
    private static bool SendAgain(PgCdcProcess process)
    {
        if (process.IsRunning)
            process.Send(Signal.INT);

        return !process.IsRunning;
    }
}
