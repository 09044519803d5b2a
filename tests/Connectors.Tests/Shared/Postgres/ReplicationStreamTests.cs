using System.Buffers.Binary;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.TestKit.Network;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>Streaming from a real server.</summary>
public sealed class ReplicationStreamTests(ReplicationClusterFixture fixture) : IClassFixture<ReplicationClusterFixture>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Session_AnswersCommandsAndSql()
    {
        using var connection = Open();

        var system = connection.IdentifySystem();
        var slot = connection.CreateLogicalSlot(new SlotRequest("answers") { Temporary = true });

        Assert.Matches("^[0-9]{19}$", system.SystemIdentifier);
        Assert.Equal((1, "postgres"), (system.Timeline, system.Database));
        Assert.Equal("logical", connection.Show("wal_level"));
        Assert.Equal("ISO, MDY", connection.Show("DateStyle"));
        Assert.Equal("answers", slot.Name);
        Assert.True(slot.ConsistentPoint > 0);
        var result = connection.Query("SELECT 1 AS a, NULL AS b, 'ü' AS c UNION ALL SELECT 2, '', '' ORDER BY a");
        Assert.Equal(["a", "b", "c"], result.Columns);
        Assert.Equal([["1", null, "ü"], ["2", "", ""]], result.Rows);
        Assert.Equal(connection.Show("server_version"), connection.Parameters["server_version"]);
    }

    [Fact]
    public void Session_AfterAFailedCommand_StaysUsable()
    {
        using var connection = Open();

        var error = Assert.Throws<PostgresServerException>(() => connection.Query("SELECT 1/0"));
        var noSlot = Assert.Throws<PostgresServerException>(() => connection.StartLogicalReplication("absent", 0, OptionsFor("p")));

        Assert.Equal("ERROR 22012: division by zero", error.Message);
        Assert.Equal("ERROR 42704: replication slot \"absent\" does not exist", noSlot.Message);
        Assert.Equal("1", connection.Query("SELECT 1 AS x").Value("x"));
    }

    [Fact]
    public void Notices_ReachTheirHandlerWithHint()
    {
        var notices = new List<ServerNotice>();
        using var connection = Open(new ReplicationSessionOptions { OnNotice = notices.Add });

        connection.Query("DO $$ BEGIN RAISE WARNING 'careful' USING DETAIL = 'deep', HINT = 'look'; END $$");

        Assert.Equal(new ServerNotice("WARNING", "01000", "careful", "deep", "look"), Assert.Single(notices));
    }

    [Theory]
    [InlineData("disable", 1)]
    [InlineData("disable", 0)]
    [InlineData("require", 1)]
    [InlineData("require", 0)]
    public async Task Stream_OfManyRows_GivesEachOnceInOrderWhileStatusIsSent(string sslMode, int coalescingMs)
    {
        const int rows = 30_000;
        var table = $"many_{sslMode}_{coalescingMs}";
        await fixture.CreateTableAsync(table);
        using var connection = Open(new ReplicationSessionOptions { CoalescingWait = TimeSpan.FromMilliseconds(coalescingMs) }, sslMode);
        var stream = Start(connection, table);
        await fixture.Cluster.ExecuteAsync($"INSERT INTO {table} SELECT i, repeat('x', i % 97) FROM generate_series(1, {rows}) i");
        using var sending = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!sending.IsCancellationRequested)
                    stream.SendStatus(default);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        var inserts = 0;
        for (var message = stream.Read(); !IsCommit(message); message = stream.Read())
        {
            if (message.Kind == ReplicationMessageKind.Data && message.Data[0] == 'I')
                Assert.Equal(++inserts, FirstColumn(message.Data));
        }

        await sending.CancelAsync();
        await Task.WhenAll(senders);
        Assert.Equal(rows, inserts);
    }

    [Fact]
    public async Task Stream_WithARowLargerThanTheBuffer_GivesItWhole()
    {
        const int length = 20_000_000;
        await fixture.CreateTableAsync("large");
        using var connection = Open(sslMode: "require");
        var stream = Start(connection, "large");
        await fixture.Cluster.ExecuteAsync($"INSERT INTO large VALUES (7, repeat('y', {length}))");

        var message = ReadInsert(stream);

        Assert.Equal(7, FirstColumn(message.Data));
        Assert.Equal(length, message.Data[^length..].Count((byte)'y'));
    }

    [Fact]
    public async Task Stream_ReadToItsEnd_HasNoMoreWaiting()
    {
        await fixture.CreateTableAsync("hint");
        using var connection = Open();
        var stream = Start(connection, "hint");
        await fixture.Cluster.ExecuteAsync("INSERT INTO hint SELECT i FROM generate_series(1, 100) i");

        var begin = stream.Read();
        while (begin.Kind != ReplicationMessageKind.Data)
            begin = stream.Read();
        while (!IsCommit(stream.Read()))
        {
            // The rows between.
        }
        while (stream.TryRead(out _))
        {
            // Keepalives behind the commit.
        }

        Assert.True(SpinWait.SpinUntil(() => !stream.WaitForMore(TimeSpan.Zero) || stream.TryRead(out _), s_patience));
        Assert.False(stream.TryRead(out _));
    }

    [Fact]
    public async Task Status_WithAFlushedPosition_MovesTheSlot()
    {
        await fixture.CreateTableAsync("confirm");
        using var connection = Open();
        connection.CreateLogicalSlot(new SlotRequest("confirm"));
        var stream = connection.StartLogicalReplication("confirm", 0, OptionsFor("confirm"));
        await fixture.Cluster.ExecuteAsync("INSERT INTO confirm VALUES (1)");
        var message = stream.Read();
        while (!IsCommit(message))
            message = stream.Read();
        // Commit: flags, commit position, end position.
        var end = BinaryPrimitives.ReadUInt64BigEndian(message.Data[10..]);

        stream.SendStatus(new StandbyStatus(end, end, end));

        Assert.True(stream.End(s_patience));
        var confirmed = connection.Query("SELECT confirmed_flush_lsn AS lsn FROM pg_replication_slots WHERE slot_name = 'confirm'").Value("lsn");
        Assert.Equal(LogSequenceNumber.Format(end), confirmed);
        connection.DropSlot("confirm", wait: true);
    }

    [Fact]
    public async Task End_InTheMiddleOfALargeTransaction_IsBounded()
    {
        await fixture.CreateTableAsync("ending");
        using var connection = Open();
        var stream = Start(connection, "ending");
        await fixture.Cluster.ExecuteAsync("INSERT INTO ending SELECT i, repeat('z', 200) FROM generate_series(1, 100000) i");
        ReadInsert(stream);

        var ended = stream.End(TimeSpan.FromMilliseconds(1));

        Assert.False(ended);
        Assert.Throws<ObjectDisposedException>(() => { stream.Read(); });
    }

    [Fact]
    public async Task Stream_OnAQuietServer_LivesOnByAskingForReplies()
    {
        await fixture.CreateTableAsync("quiet");
        using var connection = Open(new ReplicationSessionOptions { IdleTimeout = TimeSpan.FromMilliseconds(400) });
        var stream = Start(connection, "quiet");

        for (var keepalives = 0; keepalives < 5;)
        {
            if (stream.Read().Kind == ReplicationMessageKind.Keepalive)
                keepalives++;
        }
    }

    [Fact]
    public async Task Stream_OverAHalfOpenConnection_IsDeadAfterTheIdleTimeout()
    {
        await using var proxy = TcpProxy.Start("127.0.0.1", fixture.Cluster.Port);
        await fixture.CreateTableAsync("half");
        using var connection = Open(new ReplicationSessionOptions { IdleTimeout = TimeSpan.FromMilliseconds(600) }, port: proxy.Port);
        var stream = Start(connection, "half");
        stream.Read();
        proxy.Freeze();

        var error = Assert.Throws<PostgresSessionException>(() => ReadForEver(stream));

        Assert.Equal($"localhost:{proxy.Port} sent nothing for 600 ms, not even when asked: the connection is half-open.", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_OverACutConnection_IsAnError(bool reset)
    {
        await using var proxy = TcpProxy.Start("127.0.0.1", fixture.Cluster.Port);
        var table = reset ? "cut_by_reset" : "cut_by_fin";
        await fixture.CreateTableAsync(table);
        using var connection = Open(port: proxy.Port);
        var stream = Start(connection, table);
        stream.Read();
        if (reset)
            proxy.Reset();
        else
            proxy.Cut();

        Assert.Throws<PostgresSessionException>(() => ReadForEver(stream));
    }

    [Fact]
    public async Task Stream_WhenItsSenderIsTerminated_TellsTheServersWords()
    {
        await fixture.CreateTableAsync("terminated");
        using var connection = Open();
        var pid = connection.Query("SELECT pg_backend_pid() AS pid").Value("pid");
        var stream = Start(connection, "terminated");
        await fixture.Cluster.ExecuteAsync($"SELECT pg_terminate_backend({pid})");

        var error = Assert.Throws<PostgresServerException>(() => ReadForEver(stream));

        Assert.Equal("FATAL 57P01: terminating connection due to administrator command", error.Message);
    }

    [Theory]
    [InlineData("disable", false)]
    [InlineData("require", false)]
    [InlineData("disable", true)]
    public async Task Dispose_FromAnotherThread_UnblocksTheReader(string sslMode, bool unixSocket)
    {
        var table = $"dispose_{sslMode}_{(unixSocket ? "unix" : "tcp")}";
        await fixture.CreateTableAsync(table);
        using var connection = unixSocket
            ? ReplicationConnection.Open(Settings($"host={fixture.Cluster.SocketDirectory} port={fixture.Cluster.Port} user=postgres dbname=postgres"))
            : Open(sslMode: sslMode);
        var stream = Start(connection, table);
        var reading = Task.Factory.StartNew(() => ReadForEver(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await fixture.Cluster.ExecuteAsync("SELECT pg_sleep(0.1)");

        connection.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(s_patience));
    }

    [Fact]
    public async Task Query_Cancelled_EndsTheSession()
    {
        using var connection = Open();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.Throws<OperationCanceledException>(() => connection.Query("SELECT pg_sleep(60)", cancellation.Token));

        await fixture.Cluster.ExecuteAsync("SELECT 1");
        Assert.Throws<ObjectDisposedException>(() => connection.Query("SELECT 1"));
    }

    [Fact]
    public void Options_WithQuotes_ReachTheServerAsWritten()
    {
        using var connection = Open(new ReplicationSessionOptions { ApplicationName = "pgcdc:1:it's" });

        Assert.Equal("pgcdc:1:it's", connection.Query("SELECT application_name AS n FROM pg_stat_activity WHERE pid = pg_backend_pid()").Value("n"));
        connection.CreateLogicalSlot(new SlotRequest("quotes") { Temporary = true });
        var stream = connection.StartLogicalReplication("quotes", 0, OptionsFor("\"no 'such' one\""));
        Assert.Equal(ReplicationMessageKind.Keepalive, stream.Read().Kind);
    }

    private static ConnectionSettings Settings(string text) =>
        ConnectionSettingsParser.Parse(text, new ConnectionEnvironment(_ => null, "/nonexistent", "nobody"));

    private static Dictionary<string, string> OptionsFor(string publication) => new() { ["proto_version"] = "1", ["publication_names"] = publication };

    private static ReplicationStream Start(ReplicationConnection connection, string table)
    {
        connection.CreateLogicalSlot(new SlotRequest(table) { Temporary = true });
        return connection.StartLogicalReplication(table, 0, OptionsFor(table));
    }

    private static void ReadForEver(ReplicationStream stream)
    {
        while (true)
            stream.Read();
    }

    private static ReplicationMessage ReadInsert(ReplicationStream stream)
    {
        while (true)
        {
            var message = stream.Read();
            if (message.Kind == ReplicationMessageKind.Data && message.Data[0] == 'I')
                return message;
        }
    }

    private static bool IsCommit(ReplicationMessage message) => message.Kind == ReplicationMessageKind.Data && message.Data[0] == 'C';

    /// <summary>Insert: relation oid, 'N', column count, then per column its kind, length and text.</summary>
    private static long FirstColumn(ReadOnlySpan<byte> insert)
    {
        const int lengthAt = 1 + 4 + 1 + 2 + 1;
        var length = BinaryPrimitives.ReadInt32BigEndian(insert[lengthAt..]);
        return long.Parse(insert.Slice(lengthAt + 4, length), null);
    }

    private ReplicationConnection Open(ReplicationSessionOptions? options = null, string sslMode = "disable", int? port = null) =>
        ReplicationConnection.Open(Settings($"{fixture.Cluster.UriFor("postgres", port: port)}?sslmode={sslMode}"), options);
}
