using System.Text;

namespace PgCdc.Engine.Tests.Encoding;

/// <summary>Go's string escaping written plainly after its documentation and the Unicode standard's table of well-formed UTF-8; shares nothing with the product.</summary>
internal static class GoStrings
{
    public static string Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new StringBuilder();
        for (var place = 0; place < text.Length;)
        {
            var length = WellFormed(text[place..]);
            escaped.Append(length == 0 ? "\\ufffd" : Escape(System.Text.Encoding.UTF8.GetString(text.Slice(place, length))));
            place += Math.Max(length, 1);
        }

        return escaped.ToString();
    }

    private static string Escape(string character) => character switch
    {
        "\"" => "\\\"",
        "\\" => "\\\\",
        "\b" => "\\b",
        "\f" => "\\f",
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        "<" => "\\u003c",
        ">" => "\\u003e",
        "&" => "\\u0026",
        "\u2028" => "\\u2028",
        "\u2029" => "\\u2029",
        [< ' '] => $"\\u00{(int)character[0]:x2}",
        _ => character,
    };

    /// <summary>Length of the well-formed character at the start, else 0 (Unicode, table 3-7).</summary>
    private static int WellFormed(ReadOnlySpan<byte> text) => text switch
    {
        [<= 0x7F, ..] => 1,
        [>= 0xC2 and <= 0xDF, >= 0x80 and <= 0xBF, ..] => 2,
        [0xE0, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..] => 3,
        [0xED, >= 0x80 and <= 0x9F, >= 0x80 and <= 0xBF, ..] => 3,
        [(>= 0xE1 and <= 0xEC) or 0xEE or 0xEF, >= 0x80 and <= 0xBF, >= 0x80 and <= 0xBF, ..] => 3,
        [0xF0, >= 0x90 and <= 0xBF, >= 0x80 and <= 0xBF, >= 0x80 and <= 0xBF, ..] => 4,
        [>= 0xF1 and <= 0xF3, >= 0x80 and <= 0xBF, >= 0x80 and <= 0xBF, >= 0x80 and <= 0xBF, ..] => 4,
        [0xF4, >= 0x80 and <= 0x8F, >= 0x80 and <= 0xBF, >= 0x80 and <= 0xBF, ..] => 4,
        _ => 0,
    };
}
