namespace PgCdc.Scenarios.Oracle;

/// <summary>A row as one text, equal exactly when the rows are.</summary>
internal static class RowText
{
    private const int ShortLength = 200;

    public static string Of(IReadOnlyDictionary<string, string?> row) =>
        string.Join('|', row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{Escape(column.Key)}={Escape(column.Value)}"));

    public static string OfColumns(IReadOnlyDictionary<string, string?> row, IEnumerable<string> columns) =>
        string.Join('|', columns.Select(column => Escape(row.GetValueOrDefault(column))));

    public static string Short(string text) => text.Length <= ShortLength ? text : text[..ShortLength] + "…";

    private static string Escape(string? value) =>
        value is null ? "\\N" : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\p", StringComparison.Ordinal);
}
