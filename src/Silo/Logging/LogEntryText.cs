using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;

namespace PgCdc.Silo.Logging;

/// <summary>Writes one log entry as one line: <c>key=value</c> pairs or a JSON object, both starting with time, level and msg.</summary>
internal static class LogEntryText
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string TemplateKey = "{OriginalFormat}";
    private const string ReasonKey = "reason";

    /// <summary>Fields of an entry after time, level and message, with the names they have in every form.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Fields(object? state, string component, Exception? error)
    {
        yield return new("component", component);
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            if (name != TemplateKey) yield return new(ParameterNames.Separated(name, '_'), value);
        }

        if (error is not null) yield return new("error", error.Message);
        if (Activity.Current is not { } activity) yield break;
        yield return new("trace_id", activity.TraceId.ToHexString());
        yield return new("span_id", activity.SpanId.ToHexString());
    }

    public static string Pairs(DateTimeOffset time, LogLevel level, string message, IEnumerable<KeyValuePair<string, object?>> fields, bool color)
    {
        var line = new StringBuilder(160);
        line.Append("time=").AppendFormat(null, $"{{0:{TimeFormat}}}", time.UtcDateTime).Append(" level=");
        line.Append(color ? $"\e[{ColorOf(level)}m{NameOf(level)}\e[0m" : NameOf(level));
        line.Append(" msg=").Append(Quoted(message));
        // A reason is a sentence at the end of its message; twice in one line it would only be in the way.
        foreach (var (name, value) in fields.Where(field => field.Key != ReasonKey)) line.Append(' ').Append(name).Append('=').Append(Quoted(ToText(value)));
        return line.ToString();
    }

    public static string Json(DateTimeOffset time, LogLevel level, string message, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime.ToString(TimeFormat, null));
            json.WriteString("level", NameOf(level));
            json.WriteString("msg", message);
            foreach (var (name, value) in fields) Write(json, name, value);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue(ToText(value)); break;
        }
    }

    private static string ToText(object? value) => value switch
    {
        null => "null",
        TimeSpan duration => GoDuration.Format(duration),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text) =>
        text.Length > 0 && !text.Any(c => c is <= ' ' or '"' or '=' or '\u007f') ? text : JsonSerializer.Serialize(text, QuotedText.Readable.String);

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        _ => "ERROR",
    };

    private static int ColorOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 90,
        LogLevel.Information => 32,
        LogLevel.Warning => 33,
        _ => 31,
    };
}
