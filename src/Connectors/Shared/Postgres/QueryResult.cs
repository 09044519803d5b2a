namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The rows of a command's last result, all values as text.</summary>
internal sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows)
{
    public static readonly QueryResult Empty = new([], []);

    /// <summary>The value of a column in the only row.</summary>
    public string? Value(string column)
    {
        if (Rows is not [var row])
            throw new InvalidOperationException($"One row was expected, {Rows.Count} came.");
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index] == column)
                return row[index];
        }
        throw new InvalidOperationException($"The result has no column '{column}'; it has {string.Join(", ", Columns)}.");
    }
}
