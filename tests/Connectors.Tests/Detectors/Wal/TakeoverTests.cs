using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Errors;
using PgCdc.TestKit.Network;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

public sealed class TakeoverTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    [Fact]
    public async Task OlderRun_OfThisPipeline_IsEndedAndNothingIsLost()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await using var older = await DetectorRun.StartAsync(DetectorRun.Options(database), epoch: 100);
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await older.ReadEventsAsync(1);

        await using var newer = await DetectorRun.StartAsync(DetectorRun.Options(database), older.Checkpoint, epoch: 101);
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await newer.ReadUntilAsync(() => newer.Texts.Contains("INSERT pgcdc:t (2)"), "the change after the takeover");

        var ended = await Assert.ThrowsAsync<DetectorException>(() => older.ReadUntilAsync(() => false, "the end of the older run"));
        Assert.True(ended.IsTransient);
        await using var again = DetectorRun.Create(DetectorRun.Options(database), epoch: 100);
        var stale = await Assert.ThrowsAsync<DetectorException>(() => again.ConnectAsync(older.Checkpoint));
        var pid = await ReaderAsync(database);
        Assert.Equal(
            $"Slot '{database.Slot}' is read by process {pid}, a run of this pipeline with epoch 101; this run has epoch 100 and stops.", stale.Message);
        Assert.Equal((ErrorCode.StaleEpoch, false), (stale.Code, stale.IsTransient));
    }

    [Fact]
    public async Task RunWithTheSameEpoch_InAnotherProcess_EndsTheSecond()
    {
        var database = await cluster.CreateAsync();
        await using var first = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await using var second = DetectorRun.Create(DetectorRun.Options(database));

        var stale = await Assert.ThrowsAsync<DetectorException>(() => second.ConnectAsync(null));

        Assert.Equal(ErrorCode.StaleEpoch, stale.Code);
    }

    [Fact]
    public async Task RunWithoutACheckpoint_WhileAnOlderOneReads_LeavesItAlone()
    {
        var database = await cluster.CreateAsync();
        await using var older = await DetectorRun.StartAsync(DetectorRun.Options(database), epoch: 100);
        await using var elsewhere = DetectorRun.Create(DetectorRun.Options(database), epoch: 101);
        var pid = await ReaderAsync(database);

        var error = await Assert.ThrowsAsync<DetectorException>(() => elsewhere.ConnectAsync(null));

        Assert.Equal(
            $"Slot '{database.Slot}' is read by process {pid} ({ApplicationName.Of(older.Pipeline, 100)}), a run of this pipeline that keeps its checkpoint elsewhere; "
            + "start with the same --state-dir, or stop that run first.",
            error.Message);
        Assert.Equal((ErrorCode.SourceInUse, false), (error.Code, error.IsTransient));
        Assert.Equal(pid, await ReaderAsync(database));
    }

    [Fact]
    public async Task AnotherPipeline_OnTheSlot_IsLeftAlone()
    {
        var database = await cluster.CreateAsync();
        await using var other = await DetectorRun.StartAsync(DetectorRun.Options(database), pipeline: "other", epoch: 1);
        await using var run = DetectorRun.Create(DetectorRun.Options(database), epoch: 2);
        var pid = await ReaderAsync(database);

        var error = await Assert.ThrowsAsync<DetectorException>(() => run.ConnectAsync(null));

        Assert.Equal(
            $"Slot '{database.Slot}' is in use by process {pid} ({ApplicationName.Of("other", 1)}); stop that reader or set --slot-name.", error.Message);
        Assert.Equal((ErrorCode.SourceInUse, false), (error.Code, error.IsTransient));
        Assert.Equal(pid, await ReaderAsync(database));
    }

    [Fact]
    public async Task OwnEarlierConnection_ThatTheServerHasNotMissed_IsEnded()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await using var proxy = TcpProxy.Start("localhost", cluster.Server.Port);
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database, cluster.Server.UriFor(database.Name, port: proxy.Port)));
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await run.ReadEventsAsync(1);
        var before = await ReaderAsync(database);

        proxy.Freeze();
        await run.Session.DisposeAsync();
        Assert.Equal(before, await ReaderAsync(database));
        proxy.Thaw();
        await run.ConnectAsync(run.Checkpoint);
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await run.ReadEventsAsync(2);

        Assert.Equal(["INSERT pgcdc:t (1)", "INSERT pgcdc:t (2)"], run.Texts);
    }

    [Fact]
    public void Name_OfAReader_FitsAndReadsBack()
    {
        var name = ApplicationName.Of(new string('ü', 200), long.MaxValue);

        Assert.InRange(name.ToString().Length, 1, 63);
        Assert.Equal(name, ApplicationName.Parse(name.ToString()));
        Assert.NotEqual(name.PipelineHash, ApplicationName.Of("another", 1).PipelineHash);
        Assert.Null(ApplicationName.Parse("psql"));
        Assert.Null(ApplicationName.Parse("pgcdc:x:0123456789abcdef"));
        Assert.Null(ApplicationName.Parse(null));
    }

    private static Task<int> ReaderAsync(TestDatabase database) =>
        database.ScalarAsync<int>($"SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{database.Slot}'");
}
