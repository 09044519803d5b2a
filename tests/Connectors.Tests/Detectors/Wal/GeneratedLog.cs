using System.Globalization;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>A random but possible stream of messages, and the events that it stands for in the words of <see cref="SeenEvent.Text"/>.</summary>
internal sealed class GeneratedLog
{
    private static readonly string[] s_values = ["", "1", "a", "ü€😀", "{\"a\":1}", new('x', 3000)];
    private readonly Random _random;
    private readonly Dictionary<uint, (string Schema, string Table, int Columns)> _tables = [];
    private ulong _lsn = 1000;

    public GeneratedLog(int seed, int transactions)
    {
        _random = new Random(seed);
        for (var transaction = 0; transaction < transactions; transaction++)
            AddTransaction((uint)transaction + 1);
    }

    public List<(ulong Lsn, byte[] Message)> Messages { get; } = [];

    public List<(string Text, int Ordinal, ulong Lsn, uint Xid)> Events { get; } = [];

    /// <summary>End of each commit.</summary>
    public List<ulong> Ends { get; } = [];

    private void AddTransaction(uint xid)
    {
        var start = _lsn;
        var ordinal = 0;
        var changes = _random.Next(4) == 0 ? _random.Next(1500) : _random.Next(8);
        var commit = start + ((ulong)changes * 10) + 5;
        Add(PgOutputWriter.Begin(commit, 1000 + xid, xid), start);
        for (var change = 0; change < changes; change++)
        {
            _lsn += 10;
            ordinal = AddChange(xid, ordinal);
        }

        Add(PgOutputWriter.Commit(commit, commit + 40, 1000 + xid), commit + 40);
        Ends.Add(commit + 40);
        _lsn = commit + 40;
    }

    private int AddChange(uint xid, int ordinal)
    {
        var id = (uint)_random.Next(1, 5);
        if (!_tables.TryGetValue(id, out var table) || _random.Next(100) == 0)
            table = Describe(id);
        switch (_random.Next(10))
        {
            case 0:
                Add(PgOutputWriter.Truncate(id), _lsn);
                return Expect(xid, ordinal, table, "TRUNCATE", "");
            case 1 or 2:
                var gone = Row(table.Columns);
                Add(PgOutputWriter.Delete(id, _random.Next(2) == 0 ? 'K' : 'O', gone), _lsn);
                return Expect(xid, ordinal, table, "DELETE", $" was {TextOf(gone)}");
            case 3 or 4 or 5:
                return AddUpdate(xid, ordinal, id, table);
            case 6:
                Add(PgOutputWriter.Type(99, "public", "mood"), _lsn);
                Add(PgOutputWriter.Logical(_lsn, "p", "content"), _lsn);
                Add(PgOutputWriter.Origin(_lsn, "elsewhere"), _lsn);
                return ordinal;
            default:
                var row = Row(table.Columns);
                Add(PgOutputWriter.Insert(id, row), _lsn);
                return Expect(xid, ordinal, table, "INSERT", $" {TextOf(row)}");
        }
    }

    private int AddUpdate(uint xid, int ordinal, uint id, (string Schema, string Table, int Columns) table)
    {
        var row = Row(table.Columns);
        if (_random.Next(2) == 0)
        {
            Add(PgOutputWriter.Update(id, null, null, row), _lsn);
            return Expect(xid, ordinal, table, "UPDATE", $" {TextOf(row)}");
        }

        var old = Row(table.Columns);
        Add(PgOutputWriter.Update(id, _random.Next(2) == 0 ? 'K' : 'O', old, row), _lsn);
        return Expect(xid, ordinal, table, "UPDATE", $" {TextOf(row)} was {TextOf(old)}");
    }

    private (string Schema, string Table, int Columns) Describe(uint id)
    {
        var columns = Enumerable.Range(0, _random.Next(0, 6)).Select(index => ($"c{index}", 25u, index == 0)).ToArray();
        // Table 4 is one of ours: its changes are counted and make no events.
        var table = (Schema: id == 2 ? "sales" : "public", Table: id == 4 ? "pgcdc_own" : $"t{id.ToString(CultureInfo.InvariantCulture)}", columns.Length);
        _tables[id] = table;
        Add(PgOutputWriter.Relation(id, table.Schema, table.Table, "dnfi"[_random.Next(4)], columns), 0);
        return table;
    }

    private int Expect(uint xid, int ordinal, (string Schema, string Table, int Columns) table, string operation, string content)
    {
        var channel = table.Schema == "public" ? table.Table : $"{table.Schema}.{table.Table}";
        if (table.Table != "pgcdc_own")
            Events.Add(($"{operation} pgcdc:{channel}{content}", ordinal + 1, _lsn, xid));
        return ordinal + 1;
    }

    private string?[] Row(int columns) => [.. Enumerable.Range(0, columns).Select(_ => Value())];

    private string? Value() => _random.Next(10) switch
    {
        0 => null,
        1 => PgOutputWriter.Unchanged,
        _ => s_values[_random.Next(_random.Next(10) == 0 ? s_values.Length : s_values.Length - 1)],
    };

    private static string TextOf(string?[] row) =>
        $"({string.Join(",", row.Select(value => value switch { null => "null", PgOutputWriter.Unchanged => "unchanged", _ => value }))})";

    private void Add(byte[] message, ulong lsn) => Messages.Add((lsn, message));
}
