using PgCdc.Events;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

public sealed class WalStreamTests(WalCluster cluster) : IClassFixture<WalCluster>
{
    [Fact]
    public async Task Changes_OfTableWithPrimaryKey_ComeWithKeyOfOldRowOnlyWhereItChanged()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, name text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1, 'a'), (2, NULL)");
        await database.ExecuteAsync("UPDATE t SET name = 'b' WHERE id = 1");
        await database.ExecuteAsync("UPDATE t SET id = 3 WHERE id = 1");
        await database.ExecuteAsync("DELETE FROM t WHERE id = 3");
        await run.ReadEventsAsync(5);

        Assert.Equal(
            [
                "INSERT pgcdc:t (1,a)",
                "INSERT pgcdc:t (2,null)",
                "UPDATE pgcdc:t (1,b)",
                "UPDATE pgcdc:t (3,b) was (1,null)",
                "DELETE pgcdc:t was (3,null)",
            ],
            run.Texts);
        Assert.Equal([OldTuple.None, OldTuple.None, OldTuple.None, OldTuple.Key, OldTuple.Key], run.Events.Select(seen => seen.Old));
        Assert.Equal([1, 2, 1, 1, 1], run.Events.Select(seen => seen.Ordinal));
    }

    [Fact]
    public async Task Changes_WithIdentityFull_CarryTheWholeOldRow()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int, name text); ALTER TABLE t REPLICA IDENTITY FULL");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1, 'a'); UPDATE t SET name = 'b'; DELETE FROM t");
        await run.ReadEventsAsync(3);

        Assert.Equal(["INSERT pgcdc:t (1,a)", "UPDATE pgcdc:t (1,b) was (1,a)", "DELETE pgcdc:t was (1,b)"], run.Texts);
        Assert.Equal([OldTuple.None, OldTuple.Full, OldTuple.Full], run.Events.Select(seen => seen.Old));
        Assert.Equal(ReplicaIdentity.Full, run.Events[0].Schema!.Identity);
    }

    [Fact]
    public async Task Changes_WithIdentityIndex_CarryTheColumnsOfTheIndex()
    {
        var database = await cluster.CreateAsync(
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL); CREATE UNIQUE INDEX t_code ON t (code); ALTER TABLE t REPLICA IDENTITY USING INDEX t_code");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1, 'a'); UPDATE t SET code = 'b'; DELETE FROM t");
        await run.ReadEventsAsync(3);

        Assert.Equal(["INSERT pgcdc:t (1,a)", "UPDATE pgcdc:t (1,b) was (null,a)", "DELETE pgcdc:t was (null,b)"], run.Texts);
        Assert.Equal([false, true], run.Events[0].Schema!.Columns.Select(column => column.IsKey));
    }

    [Fact]
    public async Task Changes_WithIdentityNothing_AreInsertsOnly()
    {
        var database = await cluster.CreateAsync(
            "DROP PUBLICATION pub; CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t REPLICA IDENTITY NOTHING; "
            + "CREATE PUBLICATION pub FOR TABLE t WITH (publish = 'insert')");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1); DELETE FROM t; INSERT INTO t VALUES (2)");
        await run.ReadEventsAsync(2);

        Assert.Equal(["INSERT pgcdc:t (1)", "INSERT pgcdc:t (2)"], run.Texts);
        Assert.Equal(ReplicaIdentity.Nothing, run.Events[0].Schema!.Identity);
    }
}
