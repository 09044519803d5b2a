using System.Globalization;
using System.Net;
using PgCdc.Errors;

namespace PgCdc.Silo.Http;

/// <summary>Reads <c>host:port</c> of a flag. Without a host it is the loopback address: a server is open to others only when told so.</summary>
public static class ListenAddress
{
    /// <exception cref="ConfigurationException">Not an address with a port.</exception>
    public static IPEndPoint Parse(string flag, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var colon = value.LastIndexOf(':');
        if (colon >= 0
            && ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && Host(value[..colon]) is { } address)
        {
            return new IPEndPoint(address, port);
        }

        throw new ConfigurationException(
            $"{flag}: '{value}' is not an address; use :9090 or 127.0.0.1:9090 for this machine only, 0.0.0.0:9090 or [::]:9090 for all networks");
    }

    private static IPAddress? Host(string host) => host switch
    {
        "" or "localhost" => IPAddress.Loopback,
        ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var v6) ? v6 : null,
        _ when host.Contains(':', StringComparison.Ordinal) => null,
        _ => IPAddress.TryParse(host, out var v4) ? v4 : null,
    };
}
