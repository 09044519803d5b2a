namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>Names and texts as they stand in SQL and in replication commands.</summary>
internal static class SqlName
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
