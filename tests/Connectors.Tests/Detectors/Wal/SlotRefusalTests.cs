using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>Slots and checkpoints that would leave a gap are refused, each with its full text.</summary>
public sealed class SlotRefusalTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    private const string StartAnew = "copy the tables afresh and start with a new pipeline state.";

    [Fact]
    public async Task Slot_OfAnotherPlugin_IsRefused()
    {
        var database = await cluster.CreateAsync();
        await database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{database.Slot}', 'test_decoding')");

        await RefusedAsync(
            database,
            null,
            ErrorCode.SourceNotReady,
            $"Slot '{database.Slot}' uses the output plug-in 'test_decoding', not 'pgoutput'; set --slot-name to another name, or drop the slot.");
    }

    [Fact]
    public async Task Slot_ThatIsPhysical_IsRefused()
    {
        var database = await cluster.CreateAsync();
        await database.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{database.Slot}')");

        await RefusedAsync(
            database,
            null,
            ErrorCode.SourceNotReady,
            $"Slot '{database.Slot}' is a physical slot, not 'pgoutput'; set --slot-name to another name, or drop the slot.");
    }

    [Fact]
    public async Task Slot_OfAnotherDatabase_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var other = await cluster.CreateAsync();
        await other.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{database.Slot}', 'pgoutput')");

        await RefusedAsync(
            database,
            null,
            ErrorCode.SourceNotReady,
            $"Slot '{database.Slot}' belongs to database '{other.Name}', not to '{database.Name}'; set --slot-name to another name, or --db to its database.");
    }

    [Fact]
    public async Task Slot_DroppedThoughACheckpointExists_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var checkpoint = await CheckpointAsync(database);
        await database.ExecuteAsync($"SELECT pg_drop_replication_slot('{database.Slot}')");

        await RefusedAsync(
            database,
            checkpoint,
            ErrorCode.SourcePositionLost,
            $"Slot '{database.Slot}' does not exist, but the checkpoint stands at {checkpoint.Position}: the slot was dropped and changes since then are lost; "
            + StartAnew);
    }

    [Fact]
    public async Task Slot_DroppedThoughAnExportedCheckpointExists_IsRefused()
    {
        var database = await cluster.CreateAsync();

        await RefusedAsync(
            database,
            null,
            ErrorCode.SourcePositionLost,
            $"Slot '{database.Slot}' does not exist, but its exported checkpoint stands at 0/1000: the slot was dropped and changes since then are lost; "
            + $"copy the tables afresh and delete the row '{database.Slot}' from pgcdc_checkpoints.",
            new Position("0/1000"));
    }

    [Fact]
    public async Task Slot_RecreatedAheadOfTheCheckpoint_IsRefused()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        var checkpoint = await CheckpointAsync(database);
        await database.ExecuteAsync($"SELECT pg_drop_replication_slot('{database.Slot}')");
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{database.Slot}', 'pgoutput')");
        var confirmed = await ConfirmedAsync(database);

        await RefusedAsync(
            database,
            checkpoint,
            ErrorCode.SourcePositionLost,
            $"Slot '{database.Slot}' is confirmed up to {confirmed}, ahead of the checkpoint at {checkpoint.Position}: it was recreated or read by somebody else, "
            + $"and the changes between are lost; {StartAnew}");
    }

    [Fact]
    public async Task Slot_AheadOfTheExportedCheckpoint_IsRefused()
    {
        var database = await cluster.CreateAsync();
        await CheckpointAsync(database);
        var confirmed = await ConfirmedAsync(database);

        await RefusedAsync(
            database,
            null,
            ErrorCode.SourcePositionLost,
            $"Slot '{database.Slot}' is confirmed up to {confirmed}, ahead of the exported checkpoint at 0/1000: it was recreated or read by somebody else, "
            + $"and the changes between are lost; {StartAnew}",
            new Position("0/1000"));
    }

    [Fact]
    public async Task Checkpoint_OfAnotherCluster_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var checkpoint = await CheckpointAsync(database);

        await RefusedAsync(
            database,
            checkpoint with { Identity = checkpoint.Identity with { System = "7" } },
            ErrorCode.SourcePositionLost,
            $"The checkpoint belongs to cluster '7', but the source is cluster '{checkpoint.Identity.System}'; "
            + "connect to the old one, or use another pipeline name or state folder.");
    }

    [Fact]
    public async Task Checkpoint_OfAnotherDatabase_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var checkpoint = await CheckpointAsync(database);

        await RefusedAsync(
            database,
            checkpoint with { Identity = checkpoint.Identity with { Database = "shop" } },
            ErrorCode.SourcePositionLost,
            $"The checkpoint belongs to database 'shop', but the source is database '{database.Name}'; "
            + "connect to the old one, or use another pipeline name or state folder.");
    }

    [Fact]
    public async Task Checkpoint_OfAnotherSlot_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var checkpoint = await CheckpointAsync(database);

        await RefusedAsync(
            database,
            checkpoint with { Identity = checkpoint.Identity with { Slot = "old" } },
            ErrorCode.SourcePositionLost,
            $"The checkpoint belongs to slot 'old', but the source is slot '{database.Slot}'; "
            + "connect to the old one, or use another pipeline name or state folder.");
    }

    [Fact]
    public async Task Checkpoint_OfAnotherTimeline_IsRefused()
    {
        var database = await cluster.CreateAsync();
        var checkpoint = await CheckpointAsync(database);

        await RefusedAsync(
            database,
            checkpoint with { Identity = checkpoint.Identity with { Timeline = 0 } },
            ErrorCode.SourcePositionLost,
            $"The checkpoint of slot '{database.Slot}' belongs to timeline 0, but the server is on timeline 1, and the slot is not a failover slot: "
            + $"changes may be missing or differ; {StartAnew}");
    }

    [Fact]
    public async Task Publication_MadeAfterTheSlot_EndsTheReading()
    {
        var database = await cluster.CreateAsync("DROP PUBLICATION pub; CREATE TABLE t (id int)");
        await database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{database.Slot}', 'pgoutput')");
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await database.ExecuteAsync("CREATE PUBLICATION pub FOR ALL TABLES");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        var error = await Assert.ThrowsAsync<DetectorException>(() => run.ReadEventsAsync(1));

        Assert.Equal(
            $"PostgreSQL at localhost:{cluster.Server.Port} ended replication: publication \"pub\" does not exist at that place of the log, where every change "
            + $"looks it up: it was made, or made again, after the slot; drop the slot, {StartAnew}",
            error.Message);
        Assert.Equal((ErrorCode.SourceNotReady, false), (error.Code, error.IsTransient));
    }

    [Fact]
    public async Task Slot_BehindTheCheckpoint_IsReadFromTheCheckpoint()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await using (var run = await DetectorRun.StartAsync(DetectorRun.Options(database)))
        {
            await database.ExecuteAsync("INSERT INTO t VALUES (1)");
            await run.ReadUntilAsync(() => run.Marks.Count > 0 && run.Events.Count == 1, "the event and its mark");
            await run.Session.CloseAsync(CancellationToken.None);

            await using var next = await DetectorRun.StartAsync(DetectorRun.Options(database), run.Checkpoint);
            Assert.Equal(run.Checkpoint.Position, next.Session.Origin.Position);
            await database.ExecuteAsync("INSERT INTO t VALUES (2)");
            await next.ReadEventsAsync(1);
            Assert.Equal(["INSERT pgcdc:t (2)"], next.Texts);
        }
    }

    [Fact]
    public async Task Slot_WithoutACheckpoint_IsAdoptedWhereItStands()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int)");
        await database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{database.Slot}', 'pgoutput')");
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        var confirmed = await ConfirmedAsync(database);

        await using var run = DetectorRun.Create(DetectorRun.Options(database));
        await run.ConnectAsync(null, new Position("FFFF/0"));
        await run.ReadEventsAsync(1);

        Assert.Equal(confirmed, run.Session.Origin.Position.Value);
        Assert.Equal(["INSERT pgcdc:t (1)"], run.Texts);
    }

    /// <summary>Makes the slot and gives what a pipeline would have stored, with nobody reading any more.</summary>
    private static async Task<DetectorCheckpoint> CheckpointAsync(TestDatabase database)
    {
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await run.Session.CloseAsync(CancellationToken.None);
        return run.Checkpoint;
    }

    private static async Task<string> ConfirmedAsync(TestDatabase database) =>
        (await database.ScalarAsync<string>($"SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '{database.Slot}'"))!;

    private static async Task RefusedAsync(
        TestDatabase database, DetectorCheckpoint? checkpoint, ErrorCode code, string message, Position? exported = null)
    {
        await using var run = DetectorRun.Create(DetectorRun.Options(database));
        var error = await Assert.ThrowsAsync<DetectorException>(() => run.ConnectAsync(checkpoint, exported));

        Assert.Equal(message, error.Message);
        Assert.Equal((code, false), (error.Code, error.IsTransient));
    }
}
