using PgCdc.Engine.Encoding;
using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Encoding;

/// <summary>Every kind of event that the WAL produces, byte for byte against checked-in files.</summary>
public sealed class EventJsonGoldenTests
{
    private static readonly DateTime s_committed = new DateTime(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc).AddTicks(10);

    [Fact]
    public void Insert_NewRow_MatchesTheGoldenFile() =>
        Golden("insert", Script().Insert(SampleTables.Orders(), "new", "7", null));

    [Fact]
    public void Update_WithoutOldTuple_MatchesTheGoldenFile() =>
        Golden("update-without-old", Script().Update(SampleTables.Orders(), ["paid", "7", "call first"]));

    [Fact]
    public void Update_KeyChanged_OldHoldsTheKeyColumnsOnly() =>
        Golden("update-key-change", Script().Update(SampleTables.Orders(), ["paid", "8", null], OldTuple.Key, [null, "7", null]));

    [Fact]
    public void Update_FullOldTuple_MatchesTheGoldenFile() => Golden(
        "update-full-old",
        Script().Update(SampleTables.Orders(ReplicaIdentity.Full), ["paid", "7", null], OldTuple.Full, ["new", "7", "call first"]));

    [Fact]
    public void Update_UnchangedToast_IsNamedAndNull() => Golden(
        "update-unchanged-toast",
        Script().Update(SampleTables.Orders(published: true), [TupleValue.Unchanged, "7", TupleValue.Unchanged]));

    [Fact]
    public void Update_UnchangedToastWithFullOldTuple_TakesTheOldValue() => Golden(
        "update-unchanged-toast-full-old",
        Script().Update(
            SampleTables.Orders(ReplicaIdentity.Full), ["paid", "7", TupleValue.Unchanged], OldTuple.Full, ["new", "7", "a long text"]));

    [Fact]
    public void Update_UnchangedToastWithKeyOldTuple_TakesKeyColumnsOnly()
    {
        var documents = new RelationSchema(
            9, "public", "documents", ReplicaIdentity.Index, [new("body", 25, -1, IsKey: false), new("title", 25, -1, IsKey: true), new("id", 23, -1, IsKey: true)]);
        Golden(
            "update-unchanged-toast-key-old",
            Script().Update(documents, [TupleValue.Unchanged, TupleValue.Unchanged, "8"], OldTuple.Key, [null, "a long title", "7"]));
    }

    [Fact]
    public void Delete_DefaultIdentity_RowHoldsTheKeyColumnsOnly() =>
        Golden("delete-default", Script().Delete(SampleTables.Orders(), OldTuple.Key, [null, "7", null]));

    [Fact]
    public void Delete_FullIdentity_RowIsTheOldRow() =>
        Golden("delete-full", Script().Delete(SampleTables.Orders(ReplicaIdentity.Full), OldTuple.Full, ["paid", "7", "call first"]));

    [Fact]
    public void Delete_NothingSent_RowIsNull() =>
        Golden("delete-nothing", Script().Delete(SampleTables.Orders(ReplicaIdentity.Nothing), OldTuple.None));

    [Fact]
    public void Truncate_Table_RowAndOldAreNull() => Golden("truncate", Script().Truncate(SampleTables.Orders()));

    [Fact]
    public void Markers_OfATransaction_CarryNoTransactionMember()
    {
        var xidAndTime = """{"xid":771,"commit_time":"2026-02-03T10:11:12.000001Z"}"""u8;
        var withCount = """{"xid":771,"commit_time":"2026-02-03T10:11:12.000001Z","event_count":1}"""u8;
        Golden(
            "transaction-markers",
            Script(published: true)
                .Json(Operation.Begin, ChannelName.Transactions, xidAndTime)
                .Insert(SampleTables.Orders(), "new", "7", null)
                .Json(Operation.Commit, ChannelName.Transactions, withCount));
    }

    [Fact]
    public void IncludeSchema_EveryOperation_CarriesSchemaAndColumns()
    {
        var orders = SampleTables.Orders(published: true);
        Golden(
            "include-schema",
            Script()
                .Insert(orders, "new", "7", null)
                .Update(orders, ["paid", "8", null], OldTuple.Key, [null, "7", null])
                .Delete(orders, OldTuple.Key, [null, "8", null])
                .Truncate(orders));
    }

    [Fact]
    public void IncludeSchema_TypesOutsideTheTable_PrintTheirOid()
    {
        var tags = new RelationSchema(9, "sales", "tags", ReplicaIdentity.Default, [new("tags", 1009, -1, IsKey: false), new("id", 2950, -1, IsKey: true)], published: true);
        Golden("include-schema-unknown-type", Script().Insert(tags, "{a,b}", "0197a3c2-5b7e-7c11-9c3a-7d2f6a1b9e01"));
    }

    [Fact]
    public void TransactionMetadata_SeveralTransactions_SeqCountsInEach()
    {
        var orders = SampleTables.Orders();
        Golden(
            "transaction-metadata",
            Script(published: true)
                .Insert(orders, "new", "1", null)
                .Insert(orders, "new", "2", null)
                .Truncate(orders)
                .Commit()
                .Begin(772, 0x2000, new DateTime(2026, 2, 3, 10, 11, 13, DateTimeKind.Utc), published: true)
                .Insert(orders, "new", "3", null)
                .Commit());
    }

    [Fact]
    public void Values_OfEveryAwkwardKind_MatchTheGoldenFile()
    {
        var orders = SampleTables.Orders();
        Golden(
            "awkward-values",
            Script()
                .Insert(orders, "", "1", null)
                .Insert(orders, "say \"hi\" \\ </script> a&b", "2", "tab\t line\n return\r back\b form\f bell\a del\u007f nul\0")
                .Insert(orders, "Grüße 😀 日本語", "3", "\u2028 and \u2029 but “ — €")
                .Insert(orders, TupleValue.Raw(0xFF, (byte)'a', 0xE2, 0x82, (byte)'b', 0xC3), "4", TupleValue.Raw(0xED, 0xA0, 0x80, 0xEF, 0xBF, 0xBD))
                .Insert(orders, TupleValue.Binary(0x00, 0xAB, 0xFF), "5", TupleValue.Binary()));
    }

    [Fact]
    public void Names_OfEveryAwkwardKind_MatchTheGoldenFile()
    {
        var weird = new RelationSchema(
            9,
            "s\"<a>",
            "table & co",
            ReplicaIdentity.Default,
            [
                new("z", 25, -1, IsKey: false),
                new("😀", 25, -1, IsKey: false),
                new("ﬁ", 25, -1, IsKey: false),
                new("Z", 25, -1, IsKey: true),
                new("a\"b\\", 25, -1, IsKey: false),
                new("", 25, -1, IsKey: false),
                new("é\n", 25, -1, IsKey: false),
            ],
            published: true);
        Golden("awkward-names", Script().Insert(weird, "1", "2", "3", "4", "5", "6", "7").Delete(weird, OldTuple.Key, [null, null, null, "4", null, null, null]));
    }

    [Fact]
    public void Channel_OtherSchemaThanPublic_NamesTheSchema() => Golden(
        "non-public-schema",
        Script().Insert(new RelationSchema(9, "sales", "orders", ReplicaIdentity.Default, [new("id", 23, -1, IsKey: true)]), "7"));

    [Fact]
    public void Payload_RawJson_KeepsItsOrderAndEscapesAsWhenEmbedded() => Golden(
        "raw-json",
        new ChangeScript("listen_notify")
            .Json(Operation.Insert, new ChannelName("jobs"), "{\"z\":1.0,\"a\":\"<b> & \u2028 \\u003c é\"}"u8)
            .Json(Operation.Insert, new ChannelName("jobs"), "{\n\t\"two\":\"lines\"\r\n}"u8)
            .Json(Operation.Insert, new ChannelName("jobs"), [(byte)'"', 0xFF, (byte)'"'])
            .Json(Operation.Insert, new ChannelName("jobs"), []));

    private static ChangeScript Script(bool published = false) => new ChangeScript().Begin(771, 0x1000, s_committed, published);

    private static void Golden(string name, ChangeScript script)
    {
        var batch = script.Build();
        var actual = System.Text.Encoding.UTF8.GetString(EventJson.Lines(batch).All.Span);
        batch.Release();
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Encoding", "Golden", name + ".jsonl"));
        Assert.Equal(expected, actual);
    }
}
