using System.Globalization;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// The URI form, read by libpq's rules rather than by <see cref="Uri"/>: a host may be a percent-encoded folder, credentials end at the
/// first <c>@</c>, and <c>+</c> is a plus sign.
/// </summary>
internal static class ConnectionUri
{
    private static readonly string[] s_schemes = ["postgresql://", "postgres://"];

    public static bool Matches(string text) => s_schemes.Any(scheme => text.StartsWith(scheme, StringComparison.Ordinal));

    public static ConnectionParameters Parse(string text)
    {
        var parameters = new ConnectionParameters();
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        RefuseRawPassword(rest);
        var query = TakeAfter(ref rest, '?');
        var database = TakeAfter(ref rest, '/');
        SetHost(parameters, TakeCredentials(parameters, rest));
        SetIfGiven(parameters, "dbname", database);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
            SetQueryParameter(parameters, pair);
        return parameters;
    }

    /// <summary>A password with a raw <c>/</c> or <c>?</c> would be read as port and database, and then be shown in an error about those.</summary>
    private static void RefuseRawPassword(string rest)
    {
        var end = rest.AsSpan().IndexOfAny('/', '?');
        if (end < 0 || rest[0] == '[' || rest.IndexOf('@', end) < 0)
            return;
        var authority = rest.AsSpan(0, end);
        var colon = authority.IndexOf(':');
        if (colon >= 0 && !authority.Contains('@') && authority[(colon + 1)..].ContainsAnyExceptInRange('0', '9'))
            throw new ConnectionSettingsException("password", "contains '/' or '?'; write them as %2F and %3F.");
    }

    private static string? TakeAfter(ref string text, char separator)
    {
        var index = text.IndexOf(separator);
        if (index < 0)
            return null;
        var taken = text[(index + 1)..];
        text = text[..index];
        return taken;
    }

    /// <summary>Returns the part behind the credentials.</summary>
    private static string TakeCredentials(ConnectionParameters parameters, string authority)
    {
        if (TakeAfter(ref authority, '@') is not { } hosts)
            return authority;
        var password = TakeAfter(ref authority, ':');
        SetIfGiven(parameters, "user", authority);
        SetIfGiven(parameters, "password", password);
        return hosts;
    }

    private static void SetHost(ConnectionParameters parameters, string hostAndPort)
    {
        if (hostAndPort.StartsWith('['))
        {
            var host = hostAndPort[1..];
            var port = TakeAfter(ref host, ']')
                ?? throw new ConnectionSettingsException("host", "an IPv6 address begins with '[' but has no ']'.");
            if (port.Length > 0 && port[0] is not (':' or ','))
                throw new ConnectionSettingsException("host", "']' is followed by something else than ':' and a port.");
            parameters.Set("host", host + (port.StartsWith(',') ? port : ""));
            SetIfGiven(parameters, "port", port.TrimStart(':', ','));
            return;
        }
        var portText = hostAndPort.Contains(',') ? null : TakeAfter(ref hostAndPort, ':');
        SetIfGiven(parameters, "host", hostAndPort);
        SetIfGiven(parameters, "port", portText);
    }

    private static void SetQueryParameter(ConnectionParameters parameters, string pair)
    {
        var equals = pair.IndexOf('=');
        if (equals < 0)
            throw new ConnectionSettingsException("query", "a part of the URI after '?' has no '=' and value.");
        var name = Decode("query", pair[..equals]);
        var value = Decode(name, pair[(equals + 1)..]);
        if (name == "ssl" && value == "true")
            (name, value) = ("sslmode", "require");
        parameters.Set(name, value);
    }

    private static void SetIfGiven(ConnectionParameters parameters, string name, string? encoded)
    {
        if (!string.IsNullOrEmpty(encoded))
            parameters.Set(name, Decode(name, encoded));
    }

    private static string Decode(string parameter, string encoded)
    {
        if (!encoded.Contains('%'))
            return encoded;
        var bytes = new List<byte>(encoded.Length);
        for (var index = 0; index < encoded.Length; index++)
        {
            if (encoded[index] == '%')
            {
                bytes.Add(DecodeByte(parameter, encoded.AsSpan(index + 1)));
                index += 2;
            }
            else
            {
                var length = char.IsHighSurrogate(encoded[index]) && index + 1 < encoded.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(encoded, index, length));
                index += length - 1;
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static byte DecodeByte(string parameter, ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || !byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new ConnectionSettingsException(parameter, "'%' must be followed by two hexadecimal digits; write a percent sign as %25.");
        if (value == 0)
            throw new ConnectionSettingsException(parameter, "%00 is not allowed.");
        return value;
    }
}
