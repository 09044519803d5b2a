using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PgCdc.Silo.Http;

/// <summary>What to answer, whichever server sends it.</summary>
internal sealed record HttpAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string Json = "application/json";

    public static HttpAnswer OfJson<T>(int status, T value, JsonTypeInfo<T> type) => new(status, Json, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static HttpAnswer OfJson(int status, byte[] body) => new(status, Json, body);

    public static HttpAnswer OfText(int status, string contentType, string text) => new(status, contentType, Encoding.UTF8.GetBytes(text));

    public static HttpAnswer Refuse(int status, string error) => OfJson(status, new ErrorView(error), ApiJson.Default.ErrorView);
}
