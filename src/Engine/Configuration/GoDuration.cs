using System.Buffers;
using System.Globalization;
using System.Text;

namespace PgCdc.Engine.Configuration;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>1.5s</c>, <c>500ms</c>, and <c>0</c> alone.</summary>
public static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10m), ("µs", 10m), ("μs", 10m), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration; what lies below 100 ns is cut off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var negative = text.StartsWith("-");
        var rest = negative || text.StartsWith("+") ? text[1..] : text;
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;

        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, out var part)) return false;
            ticks += part;
            if (ticks > long.MaxValue) return false;
        }

        value = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>Writes a duration in its shortest form: <c>1h30m</c>, not <c>1h30m0s</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0";
        var text = new StringBuilder(value < TimeSpan.Zero ? "-" : "");
        var ticks = Math.Abs((decimal)value.Ticks);
        Append(text, ref ticks, "h", TimeSpan.TicksPerHour);
        Append(text, ref ticks, "m", TimeSpan.TicksPerMinute);
        AppendSeconds(text, ticks);
        return text.ToString();
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        var digits = rest.IndexOfAnyExcept(NumberCharacters);
        if (digits <= 0) return false;
        if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        rest = rest[digits..];

        var end = rest.IndexOfAny(NumberCharacters);
        var name = end < 0 ? rest : rest[..end];
        rest = rest[name.Length..];
        foreach (var (unit, factor) in Units)
        {
            if (!name.SequenceEqual(unit)) continue;
            if (number > long.MaxValue) return false;
            ticks = number * factor;
            return ticks <= long.MaxValue;
        }

        return false;
    }

    private static void Append(StringBuilder text, ref decimal ticks, string unit, long factor)
    {
        var count = decimal.Floor(ticks / factor);
        if (count == 0) return;
        text.Append(count.ToString(CultureInfo.InvariantCulture)).Append(unit);
        ticks -= count * factor;
    }

    private static void AppendSeconds(StringBuilder text, decimal ticks)
    {
        if (ticks == 0) return;
        var (unit, factor) = ticks switch
        {
            >= TimeSpan.TicksPerSecond => ("s", (decimal)TimeSpan.TicksPerSecond),
            >= TimeSpan.TicksPerMillisecond => ("ms", TimeSpan.TicksPerMillisecond),
            _ => ("us", TimeSpan.TicksPerMicrosecond),
        };
        text.Append((ticks / factor).ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
    }
}
