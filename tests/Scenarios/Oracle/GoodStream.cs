using System.Text.Json;

namespace PgCdc.Scenarios.Oracle;

/// <summary>A correct stream of a few transactions, made by hand, with the table contents that follow from it.</summary>
internal static class GoodStream
{
    public static readonly TableShape Keyed = new(new TableName("public", "keyed"), ["id"], "version");
    public static readonly TableShape Keyless = new(new TableName("public", "keyless"), []);
    public static readonly TableShape Ledger = new(TransactionOrder.Ledger, ["writer", "number"]);

    public static readonly IReadOnlyList<TableShape> Tables = [Keyed, Keyless, Ledger];

    public static IReadOnlyList<string> Lines { get; } = Make().ToArray();

    public static IReadOnlyDictionary<TableName, IReadOnlyList<IReadOnlyDictionary<string, string?>>> Contents { get; } =
        new Dictionary<TableName, IReadOnlyList<IReadOnlyDictionary<string, string?>>>
        {
            [Keyed.Name] = [Row(("id", "9"), ("version", "4"), ("note", "long"))],
            [Keyless.Name] = [Row(("a", "1")), Row(("a", "3"))],
            [Ledger.Name] =
            [
                .. Enumerable.Range(1, 4).Select(number => LedgerRow("1", number, ChangesOf(number))),
                LedgerRow("2", 1, 1),
            ],
        };

    private static IEnumerable<string> Make()
    {
        var insert = Event(Keyed, 100, 1, "INSERT", Row(("id", "7"), ("version", "1"), ("note", "long")));
        yield return insert;
        yield return Event(Keyless, 100, 2, "INSERT", Row(("a", "1")));
        yield return Event(Keyless, 100, 3, "INSERT", Row(("a", "1")));
        yield return Event(Ledger, 100, 4, "INSERT", LedgerRow("1", 1, 3));

        // An unchanged long value is not sent; a new key comes with the old one.
        yield return Event(Keyed, 101, 1, "UPDATE", Row(("id", "7"), ("version", "2"), ("note", null)), unchanged: "note");
        yield return Event(Keyed, 101, 2, "UPDATE", Row(("id", "9"), ("version", "3"), ("note", null)), Row(("id", "7")), "note");
        yield return Event(Ledger, 101, 3, "INSERT", LedgerRow("1", 2, 2));

        yield return Event(Keyed, 102, 1, "INSERT", Row(("id", "8"), ("version", "1"), ("note", "x")));
        yield return Event(Ledger, 102, 2, "INSERT", LedgerRow("2", 1, 1));

        yield return Event(Keyed, 103, 1, "DELETE", Row(("id", "8")));
        yield return Event(Keyless, 103, 2, "UPDATE", Row(("a", "3")), Row(("a", "1")));
        yield return Event(Keyed, 103, 3, "UPDATE", Row(("id", "9"), ("version", "4"), ("note", "long")));
        yield return Event(Ledger, 103, 4, "INSERT", LedgerRow("1", 3, 3));

        yield return Event(Ledger, 104, 1, "INSERT", LedgerRow("1", 4, 0));
    }

    private static int ChangesOf(int number) => number switch { 1 => 3, 2 => 2, 3 => 3, _ => 0 };

    private static Dictionary<string, string?> LedgerRow(string writer, int number, int changes) =>
        Row(("writer", writer), ("number", $"{number}"), ("changes", $"{changes}"));

    private static Dictionary<string, string?> Row(params (string Column, string? Value)[] values) =>
        values.ToDictionary(value => value.Column, value => value.Value);

    private static string Event(
        TableShape table, int xid, int seq, string operation, Dictionary<string, string?> row, Dictionary<string, string?>? old = null, string? unchanged = null)
    {
        var payload = new Dictionary<string, object?>
        {
            ["op"] = operation,
            ["schema"] = table.Name.Schema,
            ["table"] = table.Name.Name,
            ["row"] = row,
            ["old"] = old,
        };
        if (unchanged is not null)
            payload["_unchanged_toast_columns"] = new[] { unchanged };
        return JsonSerializer.Serialize(new
        {
            id = $"{xid}-{seq}",
            channel = $"pgcdc:{table.Name.Name}",
            operation,
            payload,
            source = "wal_replication",
            created_at = "2026-01-02T03:04:05Z",
            transaction = new { xid, commit_time = "2026-01-02T03:04:05Z", seq },
        });
    }
}
