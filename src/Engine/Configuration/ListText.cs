using System.Text;

namespace PgCdc.Engine.Configuration;

/// <summary>Lists as one text: comma separated; an entry that holds a comma or quote stands in double quotes, as in CSV.</summary>
public static class ListText
{
    public static IReadOnlyList<string> Parse(string text)
    {
        if (text.Length == 0) return [];
        var entries = new List<string>();
        var entry = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                entry.Append('"');
                i++;
            }
            else if (c == '"' && (quoted || entry.Length == 0)) quoted = !quoted;
            else if (c == ',' && !quoted) Close(entries, entry);
            else entry.Append(c);
        }

        Close(entries, entry);
        return entries;
    }

    public static string Format(IEnumerable<string> entries) => string.Join(',', entries.Select(Quote));

    private static void Close(List<string> entries, StringBuilder entry)
    {
        entries.Add(entry.ToString().Trim());
        entry.Clear();
    }

    private static string Quote(string entry) =>
        entry.AsSpan().IndexOfAny(',', '"') < 0 ? entry : $"\"{entry.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
