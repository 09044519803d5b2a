using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PgCdc.Silo.Logging;

[JsonSerializable(typeof(string))]
internal sealed partial class QuotedText : JsonSerializerContext
{
    /// <summary>Escapes only what would end the text or the line: messages quote names, and log lines are read by people.</summary>
    public static QuotedText Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
