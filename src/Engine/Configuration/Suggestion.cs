namespace PgCdc.Engine.Configuration;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class Suggestion
{
    /// <summary>The nearest candidate by edit distance, or null when none is near (more than a third of the word wrong).</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = 1 + (word.Length / 3);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) > bestDistance) continue;
            var distance = Distance(word, candidate);
            if (distance > bestDistance || (distance == bestDistance && best is not null)) continue;
            (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The text <c>; did you mean X?</c>, or nothing.</summary>
    public static string Text(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>Inserted, left out, wrong or swapped characters between two words, case aside.</summary>
    internal static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++) rows[i, j] = Step(rows, a, b, i, j);
        }

        return rows[a.Length, b.Length];
    }

    private static int Step(int[,] rows, string a, string b, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
        var best = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
        var swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
        return swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
