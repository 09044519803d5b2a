using System.Diagnostics.Metrics;

namespace PgCdc.Silo.Metrics;

/// <summary>
/// Names by OpenTelemetry's rules for Prometheus, so that an OpenTelemetry exporter gives the same ones: dots become underscores, the unit
/// follows in words, counters end in <c>_total</c>. Units in braces are notes and add nothing.
/// </summary>
internal static class PrometheusName
{
    public static string Of(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + UnitSuffix(instrument.Unit);
        return instrument is Counter<long> ? name + "_total" : name;
    }

    private static string UnitSuffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        null or "" or ['{', ..] => "",
        _ => throw new ArgumentException($"Unit '{unit}' has no name in Prometheus; use s, By or a note in braces."),
    };
}
