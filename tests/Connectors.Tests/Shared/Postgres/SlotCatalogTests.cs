using PgCdc.Configuration;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Connectors.Tests.Detectors.Wal;
using PgCdc.Errors;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class SlotCatalogTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    [Fact]
    public async Task Slots_OfOurs_AreListedLookedAtAndDropped()
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
