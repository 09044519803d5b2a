namespace PgCdc.Scenarios.Oracle;

/// <summary>A table rebuilt from its events.</summary>
internal abstract class TableReplica(TableShape shape, Verdict verdict)
{
    public static TableReplica Of(TableShape shape, Verdict verdict) =>
        shape.Key.Count > 0 ? new KeyedReplica(shape, verdict) : new MultisetReplica(shape, verdict);

    protected TableShape Shape => shape;

    public void Apply(EventLine line)
    {
        switch (line.Operation)
        {
            case "INSERT":
                Insert(line);
                break;
            case "UPDATE":
                Update(line);
                break;
            case "DELETE":
                Delete(line);
                break;
            case "TRUNCATE":
                Truncate();
                break;
            default:
                Report(ViolationKind.Impossible, line, $"operation {line.Operation}");
                break;
        }
    }

    /// <summary>Compares with the rows of the real table.</summary>
    public void CompareWith(IReadOnlyList<IReadOnlyDictionary<string, string?>> rows)
    {
        var rebuilt = new Multiset(Rows.Select(RowText.Of));
        var missing = rows.Select(RowText.Of).Where(row => !rebuilt.TryRemove(row)).ToArray();
        if (missing.Length > 0)
            verdict.Add(ViolationKind.Diverged, $"{shape.Name}: {missing.Length} of {rows.Count} rows are not in the stream, such as {RowText.Short(missing[0])}");
        if (rebuilt.Count > 0)
            verdict.Add(ViolationKind.Diverged, $"{shape.Name}: {rebuilt.Count} rows of the stream are not in the table, such as {RowText.Short(rebuilt.First)}");
    }

    protected abstract IEnumerable<IReadOnlyDictionary<string, string?>> Rows { get; }

    protected abstract void Insert(EventLine line);

    protected abstract void Update(EventLine line);

    protected abstract void Delete(EventLine line);

    protected abstract void Truncate();

    protected void Report(ViolationKind kind, EventLine line, string text) =>
        verdict.Add(kind, $"{shape.Name} {line.Operation} {line.Id}: {text}");
}
