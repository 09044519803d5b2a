using System.Text.Json.Serialization;

namespace PgCdc.Silo.Logging;

[JsonSerializable(typeof(string))]
internal sealed partial class QuotedText : JsonSerializerContext;
