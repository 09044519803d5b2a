using System.Globalization;

namespace PgCdc.Engine.Encoding;

/// <summary>Times as Go prints them in JSON: RFC 3339 in UTC, fractional digits without trailing zeros.</summary>
internal static class Rfc3339
{
    /// <summary>Bytes of the longest text; .NET ticks give at most seven fractional digits.</summary>
    public const int MaxLength = 28;

    private const int SecondsLength = 19;

    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> destination, long utcTicks)
    {
        var time = new DateTime(utcTicks, DateTimeKind.Utc);
        if (!time.TryFormat(destination, out var length, "O", CultureInfo.InvariantCulture))
            throw new ArgumentException($"A time needs {MaxLength} bytes of room.", nameof(destination));

        var digits = destination[SecondsLength..(length - 1)].TrimEnd((byte)'0').Length;
        var end = digits == 1 ? SecondsLength : SecondsLength + digits;
        destination[end] = (byte)'Z';
        return end + 1;
    }
}
