using System.Diagnostics.Metrics;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.TestKit.Network;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

public sealed class ReconnectTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_CutInTheMiddleOfATransaction_RepeatsAndLosesNothing(bool markers)
    {
        const int Rows = 20_000;
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, filler text)");
        await using var proxy = TcpProxy.Start("localhost", cluster.Server.Port);
        var options = DetectorRun.Options(database, cluster.Server.UriFor(database.Name, port: proxy.Port)) with { TxMarkers = markers };
        await using var run = await DetectorRun.StartAsync(options);
        await database.ExecuteAsync($"INSERT INTO t SELECT i, repeat('x', 200) FROM generate_series(1, {Rows}) i");
        await database.ExecuteAsync("INSERT INTO t VALUES (0, 'last')");

        for (var cut = 1; cut <= 3; cut++)
        {
            await run.ReadEventsAsync(cut * 4000);
            proxy.Reset();
            await Assert.ThrowsAsync<DetectorException>(() => run.ReadUntilAsync(() => false, "the end of the session"));
            await run.ReconnectAsync(run.Checkpoint);
        }

        await run.ReadUntilAsync(() => run.Texts.Any(text => text.StartsWith("INSERT pgcdc:t (0,", StringComparison.Ordinal)), "the last row");
        await run.ReadUntilAsync(() => run.Transactions[^1].Ends, "the end of the last transaction");

        var rows = run.Events.Where(seen => seen.Schema is not null).ToList();
        Assert.Equal([.. Enumerable.Range(1, Rows), 1], rows.Select(seen => seen.Ordinal));
        Assert.Equal(run.Events.Count, run.Events.Select(seen => seen.Id).Distinct().Count());
        Assert.Equal(run.Events.OrderBy(seen => seen.SortKey).Select(seen => seen.Id), run.Events.Select(seen => seen.Id));
        Assert.Equal(markers ? 4 : 0, run.Events.Count - rows.Count);
        Assert.Equal([1, 1], run.Transactions.GroupBy(transaction => transaction.Xid).Select(parts => parts.Count(part => part.Begins)));
        Assert.Equal([1, 1], run.Transactions.GroupBy(transaction => transaction.Xid).Select(parts => parts.Count(part => part.Ends)));
    }

    [Fact]
    public async Task Batches_DecodedButNotTakenBeforeTheConnectionDied_ComeAgain()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await run.ReadEventsAsync(1);
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await database.ExecuteAsync("INSERT INTO t VALUES (3)");

        await run.ReconnectAsync(run.Checkpoint);
        await run.ReadEventsAsync(3);

        Assert.Equal(["INSERT pgcdc:t (1)", "INSERT pgcdc:t (2)", "INSERT pgcdc:t (3)"], run.Texts);
    }

    [Fact]
    public async Task Server_RestartedAfterACrash_IsReadOnFromTheCheckpoint()
    {
        await using var server = await PostgresCluster.StartNewAsync();
        var database = new TestDatabase(server, "postgres");
        await database.ExecuteAsync("CREATE PUBLICATION pub FOR ALL TABLES; CREATE TABLE t (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await run.ReadEventsAsync(1);

        await server.StopAsync(StopMode.Immediate);
        var lost = await Assert.ThrowsAsync<DetectorException>(() => run.ReadUntilAsync(() => false, "the end of the session"));
        var unreachable = await Assert.ThrowsAsync<DetectorException>(() => run.ReconnectAsync(run.Checkpoint));
        await server.StartAsync();
        await run.ConnectAsync(run.Checkpoint);
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await run.ReadEventsAsync(2);

        Assert.Equal(["INSERT pgcdc:t (1)", "INSERT pgcdc:t (2)"], run.Texts);
        Assert.Equal((ErrorCode.SourceUnavailable, true), (lost.Code, lost.IsTransient));
        Assert.Equal((ErrorCode.SourceUnavailable, true), (unreachable.Code, unreachable.IsTransient));
    }

    [Fact]
    public async Task Reader_BlockedForLongerThanTheServersTimeout_StaysConnected()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int, filler text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await database.ExecuteAsync("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
        var reader = await database.ScalarAsync<int>($"SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{database.Slot}'");

        // Twice the server's timeout of 5 s passes on the server while nobody takes a batch.
        await database.ExecuteAsync("SELECT pg_sleep(10)");
        Assert.Equal(reader, await database.ScalarAsync<int>($"SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{database.Slot}'"));

        await run.ReadEventsAsync(20_000);
        Assert.Equal(Enumerable.Range(1, 20_000), run.Events.Select(seen => seen.Ordinal));
    }

    [Fact]
    public async Task Connection_ThatIsHalfOpen_IsGivenUp()
    {
        var database = await cluster.CreateAsync();
        await using var proxy = TcpProxy.Start("localhost", cluster.Server.Port);
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database, cluster.Server.UriFor(database.Name, port: proxy.Port)));

        proxy.Freeze();
        var error = await Assert.ThrowsAsync<DetectorException>(() => run.ReadUntilAsync(() => false, "the end of the session"));

        Assert.Equal((ErrorCode.SourceUnavailable, true), (error.Code, error.IsTransient));
    }

    [Fact]
    public async Task TemporarySlot_LostWithItsConnection_IsCountedAsAGap()
    {
        var gaps = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == PgCdcMetrics.MeterName && instrument.Name == "pgcdc.source.gaps")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref gaps, value));
        listener.Start();
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database) with { PersistentSlot = false });
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await run.ReadEventsAsync(1);
        Assert.Equal(0, gaps);
        Assert.Null(run.Session.Gap);

        await run.Session.DisposeAsync();
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await run.ConnectAsync(run.Checkpoint);
        await database.ExecuteAsync("INSERT INTO t VALUES (3)");
        await run.ReadEventsAsync(2);

        Assert.Equal(["INSERT pgcdc:t (1)", "INSERT pgcdc:t (3)"], run.Texts);
        Assert.Equal(1, gaps);
        Assert.Matches("^changes between [0-9A-F]+/[0-9A-F]+ and [0-9A-F]+/[0-9A-F]+ may be lost; a persistent slot would have kept them$", run.Session.Gap);
    }

    [Fact]
    public async Task Session_DisposedWhileItsReaderIsBlocked_EndsAtOnce()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int, filler text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await database.ExecuteAsync("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
        await run.ReadEventsAsync(1);

        await run.Session.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        run.Session.Confirm(run.Session.Origin.Position);
    }
}
