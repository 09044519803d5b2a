using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace PgCdc.Engine.Encoding;

/// <summary>
/// Escapes text as Go's encoding/json does by default, byte for byte: quotes, backslashes, control characters, also &lt; &gt; &amp; and U+2028,
/// U+2029; everything else stays raw UTF-8; each byte that is not part of valid UTF-8 becomes <c>\ufffd</c>.
/// </summary>
internal static class JsonText
{
    /// <summary>First byte of U+2028 and U+2029 (E2 80 A8, E2 80 A9), and of other characters that need nothing.</summary>
    private const byte SeparatorLead = 0xE2;

    private static readonly byte[][] s_escapes = [.. Enumerable.Range(0, 128).Select(Escape)];
    private static readonly SearchValues<byte> s_stringSuspects = SearchValues.Create([.. StringStops(), .. NonAscii()]);
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create([.. StringStops(), SeparatorLead]);
    private static readonly SearchValues<byte> s_payloadSuspects = SearchValues.Create([.. "<>&"u8, .. NonAscii()]);
    private static readonly SearchValues<byte> s_payloadStops = SearchValues.Create([.. "<>&"u8, SeparatorLead]);

    /// <summary>Writes text as the inside of a JSON string.</summary>
    public static void WriteEscaped(ref Utf8Output output, ReadOnlySpan<byte> text) =>
        Write(ref output, text, s_stringSuspects, s_stringStops);

    /// <summary>
    /// Writes compact JSON as part of other JSON. Control characters appear in valid JSON only as white space between tokens; they are left
    /// out, so that an event is one line whatever its payload.
    /// </summary>
    public static void WritePayload(ref Utf8Output output, ReadOnlySpan<byte> json)
    {
        for (int control; (control = json.IndexOfAnyInRange((byte)0, (byte)0x1F)) >= 0; json = json[(control + 1)..])
            Write(ref output, json[..control], s_payloadSuspects, s_payloadStops);

        Write(ref output, json, s_payloadSuspects, s_payloadStops);
    }

    /// <summary>The inside of a JSON string, for what is made once and kept.</summary>
    public static byte[] Escaped(string text)
    {
        var output = new Utf8Output(text.Length);
        WriteEscaped(ref output, System.Text.Encoding.UTF8.GetBytes(text));
        var escaped = output.Written.ToArray();
        output.Discard();
        return escaped;
    }

    private static void Write(ref Utf8Output output, ReadOnlySpan<byte> text, SearchValues<byte> suspects, SearchValues<byte> stops)
    {
        var plain = text.IndexOfAny(suspects);
        if (plain < 0)
        {
            output.Write(text);
            return;
        }

        output.Write(text[..plain]);
        text = text[plain..];
        if (Utf8.IsValid(text))
            WriteValid(ref output, text, stops);
        else
            WriteDoubtful(ref output, text, stops);
    }

    private static void WriteDoubtful(ref Utf8Output output, ReadOnlySpan<byte> text, SearchValues<byte> stops)
    {
        while (!text.IsEmpty)
        {
            var valid = ValidLength(text);
            WriteValid(ref output, text[..valid], stops);
            if (valid == text.Length)
                return;

            output.Write("\\ufffd"u8);
            text = text[(valid + 1)..];
        }
    }

    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(text[valid..], out _, out var length) is OperationStatus.Done)
            valid += length;

        return valid;
    }

    private static void WriteValid(ref Utf8Output output, ReadOnlySpan<byte> text, SearchValues<byte> stops)
    {
        for (int stop; (stop = text.IndexOfAny(stops)) >= 0;)
        {
            output.Write(text[..stop]);
            var length = text[stop] == SeparatorLead ? 3 : 1;
            WriteStop(ref output, text.Slice(stop, length));
            text = text[(stop + length)..];
        }

        output.Write(text);
    }

    private static void WriteStop(ref Utf8Output output, ReadOnlySpan<byte> character) => output.Write(character switch
    {
        [var ascii] => s_escapes[ascii],
        [_, 0x80, 0xA8] => "\\u2028"u8,
        [_, 0x80, 0xA9] => "\\u2029"u8,
        _ => character,
    });

    private static byte[] StringStops() => [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), .. "\"\\<>&"u8];

    private static IEnumerable<byte> NonAscii() => Enumerable.Range(0x80, 0x80).Select(value => (byte)value);

    private static byte[] Escape(int ascii) => (char)ascii switch
    {
        '"' => "\\\""u8.ToArray(),
        '\\' => "\\\\"u8.ToArray(),
        '\b' => "\\b"u8.ToArray(),
        '\f' => "\\f"u8.ToArray(),
        '\n' => "\\n"u8.ToArray(),
        '\r' => "\\r"u8.ToArray(),
        '\t' => "\\t"u8.ToArray(),
        _ => System.Text.Encoding.ASCII.GetBytes("\\u00" + ascii.ToString("x2", CultureInfo.InvariantCulture)),
    };
}
