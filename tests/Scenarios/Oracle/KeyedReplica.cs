using System.Globalization;

namespace PgCdc.Scenarios.Oracle;

/// <summary>A table whose replica identity is a key: every event must fit the row that its key names.</summary>
internal sealed class KeyedReplica(TableShape shape, Verdict verdict) : TableReplica(shape, verdict)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string?>> _rows = [];

    protected override IEnumerable<IReadOnlyDictionary<string, string?>> Rows => _rows.Values;

    protected override void Insert(EventLine line)
    {
        if (!_rows.TryAdd(KeyOf(line.Row), line.Row))
            Report(ViolationKind.Impossible, line, $"key {KeyOf(line.Row)} exists");
    }

    protected override void Update(EventLine line)
    {
        var oldKey = KeyOf(line.Old.Count > 0 ? line.Old : line.Row);
        if (!_rows.Remove(oldKey, out var before))
        {
            Report(ViolationKind.Lost, line, $"no row with key {oldKey}");
            return;
        }
        CheckKnown(line, line.Old, before);
        CheckVersion(line, before);
        var after = Merge(line, before);
        if (!_rows.TryAdd(KeyOf(after), after))
            Report(ViolationKind.Impossible, line, $"key {KeyOf(after)} exists");
    }

    protected override void Delete(EventLine line)
    {
        if (_rows.Remove(KeyOf(line.Row), out var before))
            CheckKnown(line, line.Row, before);
        else
            Report(ViolationKind.Lost, line, $"no row with key {KeyOf(line.Row)}");
    }

    protected override void Truncate() => _rows.Clear();

    private string KeyOf(IReadOnlyDictionary<string, string?> row) => RowText.OfColumns(row, Shape.Key);

    private static Dictionary<string, string?> Merge(EventLine line, IReadOnlyDictionary<string, string?> before) =>
        line.Row.ToDictionary(column => column.Key, column => line.Unchanged.Contains(column.Key) ? before[column.Key] : column.Value);

    /// <summary>Whatever an event tells of the row before it must be what the last event on that row left.</summary>
    private void CheckKnown(EventLine line, IReadOnlyDictionary<string, string?> told, IReadOnlyDictionary<string, string?> before)
    {
        foreach (var (column, value) in told)
        {
            if (before.GetValueOrDefault(column) != value)
                Report(ViolationKind.Reordered, line, $"old {column} is {value}, was {before.GetValueOrDefault(column)}");
        }
    }

    private void CheckVersion(EventLine line, IReadOnlyDictionary<string, string?> before)
    {
        if (Shape.Version is not { } column)
            return;
        var (was, now) = (Number(before[column]), Number(line.Row[column]));
        if (now > was + 1)
            Report(ViolationKind.Lost, line, $"version goes from {was} to {now}");
        else if (now <= was)
            Report(ViolationKind.Reordered, line, $"version goes from {was} back to {now}");
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
