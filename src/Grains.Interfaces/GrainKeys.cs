namespace PgCdc.Grains.Interfaces;

/// <summary>Builds and parses the keys of grains; nobody else does.</summary>
public static class GrainKeys
{
    /// <summary>Key of the directory.</summary>
    public const long Directory = 0;

    /// <summary>Key of an adapter grain: <c>pipeline/adapter</c>, each part percent-encoded.</summary>
    public static string Adapter(string pipeline, string adapter) => $"{Uri.EscapeDataString(pipeline)}/{Uri.EscapeDataString(adapter)}";

    /// <summary>The parts of an adapter grain's key.</summary>
    /// <exception cref="FormatException">The key was not built by <see cref="Adapter"/>.</exception>
    public static (string Pipeline, string Adapter) ParseAdapter(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1
            ? (Uri.UnescapeDataString(key[..slash]), Uri.UnescapeDataString(key[(slash + 1)..]))
            : throw new FormatException($"'{key}' is no key of an adapter grain; pipeline/adapter is expected.");
    }
}
