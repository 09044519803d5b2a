using PgCdc.Configuration;
using PgCdc.Connectors.Detectors.Wal;
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
            + "grant it CREATE on the schema, or make the tables as docs/privileges.md shows, or name another database with --checkpoint-db.",
            error.Message);
        var early = await Assert.ThrowsAsync<CheckpointException>(() => store.LoadAsync("a", CancellationToken.None));
        Assert.Equal(
            "The role may not keep the exported checkpoint of 'a': it lacks a right to make, read or write table pgcdc_checkpoints; "
            + "grant it CREATE on the schema, or make the tables as docs/privileges.md shows, or name another database with --checkpoint-db.",
            early.Message);
    }
}
