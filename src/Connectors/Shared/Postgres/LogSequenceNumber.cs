using System.Globalization;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>PostgreSQL's text form of a WAL position: two hexadecimal halves.</summary>
internal static class LogSequenceNumber
{
    public static string Format(ulong position) => string.Create(CultureInfo.InvariantCulture, $"{position >> 32:X}/{(uint)position:X}");

    public static ulong Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash > 0
            && uint.TryParse(text.AsSpan(0, slash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            && uint.TryParse(text.AsSpan(slash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
            return ((ulong)high << 32) | low;
        throw new FormatException($"'{text}' is not a WAL position such as 16/B374D848.");
    }
}
