using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Silo.Http;

/// <summary>Bodies of <c>/healthz</c> and <c>/readyz</c>, member for member as the reference has them.</summary>
internal static class HealthJson
{
    public static byte[] Ready(bool ready) => ready ? "{\"ready\":true}"u8.ToArray() : "{\"ready\":false}"u8.ToArray();

    public static byte[] Report(HealthReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, Text(report.Status));
            json.WriteStartObject("components"u8);
            foreach (var component in report.Components)
            {
                WriteComponent(json, component);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteComponent(Utf8JsonWriter json, ComponentHealth component)
    {
        json.WriteStartObject(component.Name);
        json.WriteString("status"u8, Text(component.State));
        if (!string.IsNullOrEmpty(component.LastError))
        {
            json.WriteString("last_error"u8, component.LastError);
        }

        json.WriteString("last_seen"u8, component.LastSeen.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Text(HealthState state) => state switch
    {
        HealthState.Up => "up"u8,
        HealthState.Degraded => "degraded"u8,
        _ => "down"u8,
    };
}
