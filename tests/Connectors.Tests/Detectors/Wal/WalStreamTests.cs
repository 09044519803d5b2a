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

    [Fact]
    public async Task TableChanged_MidStream_LaterRowsHaveANewSchema()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, name text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1, 'a')");
        await database.ExecuteAsync("INSERT INTO t VALUES (2, 'b')");
        await database.ExecuteAsync("ALTER TABLE t ADD vat numeric; INSERT INTO t VALUES (3, 'c', 1.5); ALTER TABLE t DROP name; INSERT INTO t VALUES (4, 2)");
        await run.ReadEventsAsync(4);

        Assert.Equal(["INSERT pgcdc:t (1,a)", "INSERT pgcdc:t (2,b)", "INSERT pgcdc:t (3,c,1.5)", "INSERT pgcdc:t (4,2)"], run.Texts);
        Assert.Same(run.Events[0].Schema, run.Events[1].Schema);
        Assert.Equal(["id,name", "id,name", "id,name,vat", "id,vat"], run.Events.Select(seen => string.Join(",", seen.Schema!.Columns.Select(c => c.Name))));
    }

    [Fact]
    public async Task Schema_DescribedAgainUnchanged_KeepsItsInstance()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        // Granting a privilege invalidates the server's cache, which makes it describe the table again.
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await database.ExecuteAsync("GRANT SELECT ON t TO PUBLIC; ALTER TABLE t SET (fillfactor = 50)");
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await run.ReadEventsAsync(2);

        Assert.Same(run.Events[0].Schema, run.Events[1].Schema);
    }

    [Fact]
    public async Task Truncate_OfSeveralTables_IsOneEventPerTable()
    {
        var database = await cluster.CreateAsync("CREATE SCHEMA s; CREATE TABLE a (id int); CREATE TABLE s.b (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("TRUNCATE a, s.b");
        await run.ReadEventsAsync(2);

        Assert.Equal(["TRUNCATE pgcdc:a", "TRUNCATE pgcdc:s.b"], run.Texts);
        Assert.Equal([1, 2], run.Events.Select(seen => seen.Ordinal));
        Assert.NotEqual(run.Events[0].Id, run.Events[1].Id);
    }

    [Fact]
    public async Task RolledBack_TransactionsAndSavepoints_LeaveNoTrace()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("BEGIN; INSERT INTO t VALUES (1); ROLLBACK");
        await database.ExecuteAsync("BEGIN; INSERT INTO t VALUES (2); SAVEPOINT s; INSERT INTO t VALUES (3); ROLLBACK TO s; INSERT INTO t VALUES (4); COMMIT");
        await run.ReadEventsAsync(2);

        Assert.Equal(["INSERT pgcdc:t (2)", "INSERT pgcdc:t (4)"], run.Texts);
        Assert.Equal([1, 2], run.Events.Select(seen => seen.Ordinal));
    }

    [Fact]
    public async Task Event_OfATransaction_CarriesCommitTimeAndPlaces()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, xid text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database) with { TxMetadata = true, IncludeSchema = true });

        await database.ExecuteAsync("INSERT INTO t SELECT i, pg_current_xact_id() FROM generate_series(1, 2) i");
        await run.ReadUntilAsync(() => run.Marks.Count > 0 && run.Events.Count == 2, "two events and their mark");

        var (first, second) = (run.Events[0], run.Events[1]);
        Assert.Equal($"INSERT pgcdc:t (1,{first.Xid})", first.Text);
        Assert.Equal(first.SortKey.CommitLsn, second.SortKey.CommitLsn);
        Assert.True(first.SortKey < second.SortKey);
        Assert.True(first.Lsn >= run.Session.Origin.LogBytes && first.Lsn < first.SortKey.CommitLsn);
        Assert.True(run.Marks[^1].LogBytes > first.SortKey.CommitLsn);
        Assert.Equal(first.CreatedAt, second.CreatedAt);
        Assert.InRange(first.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        Assert.True(first.Schema!.Published);
        Assert.All(run.Transactions, transaction => Assert.True(transaction.Published));
    }

    [Fact]
    public async Task Markers_AreMadeAroundTransactionsWithEvents()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE pgcdc_own (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database) with { TxMarkers = true });

        await database.ExecuteAsync("INSERT INTO pgcdc_own VALUES (1)");
        await database.ExecuteAsync("BEGIN; INSERT INTO t VALUES (1); INSERT INTO pgcdc_own VALUES (2); INSERT INTO t VALUES (2); COMMIT");
        await run.ReadEventsAsync(4);

        var xid = run.Events[0].Xid;
        var time = run.Events[0].CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                $$"""BEGIN pgcdc:_txn {"xid":{{xid}},"commit_time":"{{time}}"}""",
                "INSERT pgcdc:t (1)",
                "INSERT pgcdc:t (2)",
                $$"""COMMIT pgcdc:_txn {"xid":{{xid}},"commit_time":"{{time}}","event_count":3}""",
            ],
            run.Texts);
        Assert.Equal([0, 1, 3, 0], run.Events.Select(seen => seen.Ordinal));
        Assert.Equal(run.Events.OrderBy(seen => seen.SortKey).Select(seen => seen.Id), run.Events.Select(seen => seen.Id));
        Assert.Equal(4, run.Events.Select(seen => seen.Id).Distinct().Count());
    }

    [Fact]
    public async Task OwnTables_MakeMarksAndNoEvents()
    {
        var database = await cluster.CreateAsync(
            "CREATE SCHEMA s; CREATE TABLE s.pgcdc_checkpoints (id int); CREATE TABLE orleansstorage (id int); CREATE TABLE orleans_sights (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO s.pgcdc_checkpoints VALUES (1); INSERT INTO orleansstorage VALUES (1); TRUNCATE orleansstorage");
        var written = Lsn(await database.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text"));
        await run.ReadUntilAsync(() => run.Marks.Count > 0 && run.Marks[^1].LogBytes >= written, "a mark behind our own writes");
        Assert.Empty(run.Events);

        await database.ExecuteAsync("INSERT INTO orleans_sights VALUES (1)");
        await run.ReadEventsAsync(1);
        Assert.Equal(["INSERT pgcdc:orleans_sights (1)"], run.Texts);
    }

    [Fact]
    public async Task Toast_ThatDidNotChange_IsMarkedAsNotSent()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, n int, big text); ALTER TABLE t ALTER big SET STORAGE EXTERNAL");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync("INSERT INTO t VALUES (1, 1, repeat('x', 10000)); UPDATE t SET n = 2");
        await run.ReadEventsAsync(2);

        Assert.Equal("UPDATE pgcdc:t (1,2,unchanged)", run.Events[1].Text);
    }

    [Fact]
    public async Task LongTransaction_GoesOverSeveralBatches()
    {
        const int Rows = 5000;
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync($"INSERT INTO t SELECT generate_series(1, {Rows})");
        await run.ReadUntilAsync(() => run.Transactions.Any(transaction => transaction.Ends), "the end of the transaction");

        Assert.Equal(Enumerable.Range(1, Rows), run.Events.Select(seen => seen.Ordinal));
        Assert.Equal(Rows, run.Events.Select(seen => seen.Id).Distinct().Count());
        Assert.All(run.BatchSizes, size => Assert.InRange(size, 0, EventBatchBuilder.MaxEvents));
        Assert.Equal(Rows, run.Transactions.Sum(transaction => transaction.Count));
        Assert.True(run.Transactions.Count > 1);
        Assert.Equal([true, .. Enumerable.Repeat(false, run.Transactions.Count - 1)], run.Transactions.Select(transaction => transaction.Begins));
        Assert.Equal([.. Enumerable.Repeat(false, run.Transactions.Count - 1), true], run.Transactions.Select(transaction => transaction.Ends));
        Assert.Single(run.Marks, mark => mark.LogBytes > run.Events[0].SortKey.CommitLsn);
    }

    [Fact]
    public async Task LargeRow_MakesABatchOfItsOwn()
    {
        const int Bytes = 3 * 1024 * 1024;
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, big text)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await database.ExecuteAsync($"INSERT INTO t VALUES (1, 'a'), (2, repeat('x', {Bytes})), (3, 'b')");
        await run.ReadEventsAsync(3);

        Assert.Equal([1, 2, 3], run.Events.Select(seen => seen.Ordinal));
        Assert.Equal($"INSERT pgcdc:t (2,{new string('x', Bytes)})", run.Events[1].Text);
        Assert.True(run.BatchSizes.Count >= 3);
    }

    [Fact]
    public async Task Keepalives_WhileOnlyOtherDatabasesWrite_MoveTheMark()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        var other = await cluster.CreateAsync("CREATE TABLE foreign_table (id int)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));

        await other.ExecuteAsync("INSERT INTO foreign_table SELECT generate_series(1, 1000)");
        var written = Lsn(await database.ScalarAsync<string>("SELECT pg_current_wal_insert_lsn()::text"));
        await run.ReadUntilAsync(() => run.Marks.Count > 0 && run.Marks[^1].LogBytes >= written, "a mark behind the other database's writes");

        Assert.Empty(run.Events);
        Assert.Equal(run.Marks.OrderBy(mark => mark.LogBytes), run.Marks);
    }

    [Fact]
    public async Task Confirm_OfAMark_MovesTheSlotThereAndNoFurther()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        await using var run = await DetectorRun.StartAsync(DetectorRun.Options(database));
        await database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await database.ExecuteAsync("INSERT INTO t VALUES (2)");
        await run.ReadUntilAsync(() => run.Events.Count == 2 && run.Marks.Count > 0, "two events and a mark");

        var confirmed = run.Marks[^1].Position;
        run.Session.Confirm(confirmed);
        run.Session.Confirm(run.Session.Origin.Position);
        await run.Session.CloseAsync(CancellationToken.None);

        Assert.Equal(
            confirmed.Value,
            await database.ScalarAsync<string>($"SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '{database.Slot}'"));
        Assert.False(await database.ScalarAsync<bool>($"SELECT active FROM pg_replication_slots WHERE slot_name = '{database.Slot}'"));
    }

    [Fact]
    public async Task Ids_OfOneChangeThroughTwoSlots_AreEqual()
    {
        var database = await cluster.CreateAsync("CREATE TABLE t (id int PRIMARY KEY)");
        var options = DetectorRun.Options(database) with { TxMarkers = true };
        await using var first = await DetectorRun.StartAsync(options);
        await using var second = await DetectorRun.StartAsync(options with { SlotName = database.Slot + "_b" }, pipeline: "another");

        await database.ExecuteAsync("INSERT INTO t VALUES (1), (2); TRUNCATE t");
        await first.ReadEventsAsync(5);
        await second.ReadEventsAsync(5);

        Assert.Equal(first.Events.Select(seen => (seen.Id, seen.Text)), second.Events.Select(seen => (seen.Id, seen.Text)));
        Assert.All(first.Events, seen => Assert.Equal(7, (int)(seen.Id >> 76) & 0xF));
    }

    private static ulong Lsn(string? text) => Connectors.Shared.Postgres.LogSequenceNumber.Parse(text!);
}
