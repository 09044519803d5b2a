using System.Globalization;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Compares what was committed with what was delivered.</summary>
internal sealed class Summary(ChangeCounts generated, ChangeCounts delivered)
{
    private static readonly string[] s_headers = ["TABLE", "OPERATION", "GENERATED", "DELIVERED", ""];

    private readonly IReadOnlyDictionary<(string Table, string Operation), long> _generated = generated.Snapshot();
    private readonly IReadOnlyDictionary<(string Table, string Operation), long> _delivered = delivered.Snapshot();

    public bool IsEqual => Keys.All(key => _generated.GetValueOrDefault(key) == _delivered.GetValueOrDefault(key));

    private IEnumerable<(string Table, string Operation)> Keys => _generated.Keys.Union(_delivered.Keys).Order();

    public void Write(TextWriter output)
    {
        string[][] rows = [s_headers, .. Keys.Select(Row), Total()];
        var widths = s_headers.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => Align(cell, column, widths[column]))).TrimEnd());
    }

    private string[] Row((string Table, string Operation) key) =>
        Row(key.Table, key.Operation, _generated.GetValueOrDefault(key), _delivered.GetValueOrDefault(key));

    private string[] Total() => Row("total", "", _generated.Values.Sum(), _delivered.Values.Sum());

    private static string[] Row(string table, string operation, long generated, long delivered) =>
    [
        table, operation, generated.ToString(CultureInfo.InvariantCulture), delivered.ToString(CultureInfo.InvariantCulture),
        generated == delivered ? "" : "differs",
    ];

    /// <summary>Numbers stand on the right.</summary>
    private static string Align(string cell, int column, int width) => column is 2 or 3 ? cell.PadLeft(width) : cell.PadRight(width);
}
