namespace PgCdc.Scenarios.Oracle;

internal readonly record struct TableName(string Schema, string Name)
{
    /// <summary>Quoted for SQL.</summary>
    public string Quoted => $"{Quote(Schema)}.{Quote(Name)}";

    public override string ToString() => $"{Schema}.{Name}";

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
