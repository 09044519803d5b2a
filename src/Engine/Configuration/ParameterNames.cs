using System.Text;

namespace PgCdc.Engine.Configuration;

/// <summary>How names of options follow from each other: property → key → flag and environment variable.</summary>
public static class ParameterNames
{
    /// <summary>Section of the chosen detector; its flags carry no prefix (<c>detector.publication</c> is <c>--publication</c>).</summary>
    public const string DetectorSection = "detector";

    private const string EnvironmentPrefix = "PGCDC_";

    /// <summary><c>BackoffBase</c> in section <c>kafka</c> → <c>kafka.backoff_base</c>.</summary>
    public static string Key(string? section, string property) =>
        section is null ? Separated(property, '_') : $"{section}.{Separated(property, '_')}";

    /// <summary><c>kafka.backoff_base</c> → <c>--kafka-backoff-base</c>.</summary>
    public static string Flag(string key)
    {
        var name = key.StartsWith(DetectorSection + ".", StringComparison.Ordinal) ? key[(DetectorSection.Length + 1)..] : key;
        return "--" + name.Replace('.', '-').Replace('_', '-');
    }

    /// <summary><c>kafka.backoff_base</c> → <c>PGCDC_KAFKA_BACKOFF_BASE</c>.</summary>
    public static string EnvironmentVariable(string key) =>
        EnvironmentPrefix + key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>Splits a C# name into lower-case words.</summary>
    public static string Separated(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i)) text.Append(separator);
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
