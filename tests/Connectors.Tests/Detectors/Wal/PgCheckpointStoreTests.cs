using PgCdc.Configuration;
using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Errors;
using PgCdc.Events;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

public sealed class PgCheckpointStoreTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    [Fact]
    public async Task Position_Saved_IsLoadedByKey()
    {
        var database = await cluster.CreateAsync();
        await using var store = new PgCheckpointStore(new Secret(database.Uri));
        Assert.Null(await store.LoadAsync("a", CancellationToken.None));

        await store.SaveAsync("a", new Position("0/16B3748"), CancellationToken.None);
        await store.SaveAsync("b", new Position("FFFFFFFF/FFFFFFFF"), CancellationToken.None);
        await store.SaveAsync("a", new Position("1/0"), CancellationToken.None);

        await using var reader = new PgCheckpointStore(new Secret(database.Uri));
        Assert.Equal(new Position("1/0"), await reader.LoadAsync("a", CancellationToken.None));
        Assert.Equal(new Position("FFFFFFFF/FFFFFFFF"), await reader.LoadAsync("b", CancellationToken.None));
        Assert.Equal(-1L, await database.ScalarAsync<long>("SELECT lsn FROM pgcdc_checkpoints WHERE slot_name = 'b'"));
    }

    [Fact]
    public async Task Tables_MadeByManyAtOnce_AreMadeOnceAndRecorded()
    {
        var database = await cluster.CreateAsync();
        var stores = Enumerable.Range(0, 6).Select(_ => new PgCheckpointStore(new Secret(database.Uri))).ToList();

        await Task.WhenAll(stores.Select((store, index) => store.SaveAsync($"k{index}", new Position("0/1"), CancellationToken.None)));

        foreach (var store in stores)
            await store.DisposeAsync();
        Assert.Equal(6L, await database.ScalarAsync<long>("SELECT count(*) FROM pgcdc_checkpoints"));
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM pgcdc_migrations WHERE version = 1"));
    }

    [Fact]
    public async Task Role_ThatMayNotMakeTheTable_IsToldSo()
    {
        var database = await cluster.CreateAsync($"CREATE ROLE carol LOGIN");
        await using var store = new PgCheckpointStore(new Secret(cluster.Server.UriFor(database.Name, "carol")));

        var error = await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync("a", new Position("0/1"), CancellationToken.None));

        Assert.Equal(
            "The exported checkpoint of 'a' in table pgcdc_checkpoints could not be written: permission denied for schema public (SQLSTATE 42501); "
            + "check detector.checkpoint_db.",
            error.Message);
    }

    [Fact]
    public async Task SlotCatalog_ListsLooksAtAndDropsSlots()
    {
        var database = await cluster.CreateAsync();
        await using var catalog = new SlotCatalog(new Secret(database.Uri));
        await database.ExecuteAsync(
            "SELECT pg_create_logical_replication_slot('pgcdc_b', 'pgoutput'), pg_create_logical_replication_slot('pgcdc_a', 'pgoutput'), "
            + "pg_create_logical_replication_slot('pgcdcx', 'pgoutput')");

        var slots = await catalog.ListAsync(CancellationToken.None);
        var other = await catalog.FindAsync("pgcdcx", CancellationToken.None);
        await catalog.DropAsync("pgcdc_a", CancellationToken.None);
        var missing = await Assert.ThrowsAsync<DetectorException>(() => catalog.DropAsync("pgcdc_a", CancellationToken.None));

        Assert.Equal(["pgcdc_a", "pgcdc_b"], slots.Select(slot => slot.Name));
        Assert.Equal(("pgoutput", "logical", false), (slots[0].Plugin, slots[0].Type, slots[0].IsActive));
        Assert.Equal(slots[0].ConfirmedFlushLsn, await database.ScalarAsync<string>($"SELECT '{slots[0].ConfirmedFlushLsn}'::pg_lsn::text"));
        Assert.True(slots[0].RetainedBytes >= 0);
        Assert.NotNull(other);
        Assert.Equal("replication slot \"pgcdc_a\" does not exist", missing.Message);
        Assert.Null(await catalog.FindAsync("pgcdc_a", CancellationToken.None));
    }
}
