using System.Text.Json;
using System.Text.Json.Serialization;

namespace PgCdc.Silo.State;

/// <summary>The one serializer of grain state, for both grain hosts and every storage: JSON with the property names as they are.</summary>
public static class StateJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static byte[] Serialize<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, s_options);

    /// <exception cref="JsonException">The bytes are not a state of this type.</exception>
    public static T? Deserialize<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, s_options);
}
