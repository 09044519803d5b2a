namespace PgCdc.Scenarios.Oracle;

/// <summary>A table without a key: rows can only be counted. Updates and deletes need REPLICA IDENTITY FULL.</summary>
internal sealed class MultisetReplica(TableShape shape, Verdict verdict) : TableReplica(shape, verdict)
{
    private readonly Dictionary<string, (IReadOnlyDictionary<string, string?> Row, int Count)> _rows = [];

    protected override IEnumerable<IReadOnlyDictionary<string, string?>> Rows =>
        _rows.Values.SelectMany(entry => Enumerable.Repeat(entry.Row, entry.Count));

    protected override void Insert(EventLine line) => Add(line.Row);

    protected override void Update(EventLine line)
    {
        Remove(line, line.Old);
        // The old tuple is whole here, also where the new one leaves out an unchanged value.
        Add(line.Row.ToDictionary(column => column.Key, column => line.Unchanged.Contains(column.Key) ? line.Old[column.Key] : column.Value));
    }

    protected override void Delete(EventLine line) => Remove(line, line.Row);

    protected override void Truncate() => _rows.Clear();

    private void Add(IReadOnlyDictionary<string, string?> row)
    {
        var text = RowText.Of(row);
        _rows[text] = (row, _rows.GetValueOrDefault(text).Count + 1);
    }

    private void Remove(EventLine line, IReadOnlyDictionary<string, string?> row)
    {
        var text = RowText.Of(row);
        if (!_rows.TryGetValue(text, out var entry))
            Report(ViolationKind.Lost, line, $"no row {RowText.Short(text)}");
        else if (entry.Count == 1)
            _rows.Remove(text);
        else
            _rows[text] = (entry.Row, entry.Count - 1);
    }
}
