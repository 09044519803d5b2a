using System.Globalization;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Reads what users pass as the database: a URI or key=value pairs, completed from the environment as libpq does.</summary>
internal static class ConnectionSettingsParser
{
    private const int DefaultPort = 5432;
    private static readonly string[] s_channelBindings = ["disable", "prefer", "require"];

    /// <exception cref="ConnectionSettingsException">A parameter is unknown or has a value that cannot be used.</exception>
    public static ConnectionSettings Parse(string text, ConnectionEnvironment environment)
    {
        var parameters = ConnectionUri.Matches(text) ? ConnectionUri.Parse(text) : ConnectionKeywords.Parse(text);
        var user = parameters.Get("user", environment) ?? environment.UserName;
        var root = parameters.Get("sslrootcert", environment) ?? environment.DefaultFile("root.crt");
        var settings = new ConnectionSettings
        {
            Host = SingleHost(parameters.Get("host", environment) ?? ConnectionEnvironment.DefaultHost),
            Port = Port(parameters.Get("port", environment)),
            User = user,
            Database = parameters.Get("dbname", environment) ?? user,
            SslMode = Mode(parameters.Get("sslmode", environment), root),
            SslRootCertificate = root,
            SslCertificate = parameters.Get("sslcert", environment) ?? environment.DefaultFile("postgresql.crt"),
            SslKey = parameters.Get("sslkey", environment) ?? environment.DefaultFile("postgresql.key"),
            ChannelBinding = (ChannelBindingMode)OneOf("channel_binding", parameters.Get("channel_binding", environment) ?? "prefer", s_channelBindings),
            ConnectTimeout = ConnectTimeout(parameters.Get("connect_timeout", environment)),
            ApplicationName = parameters.Get("application_name", environment) ?? parameters.Get("fallback_application_name", environment),
            Options = parameters.Get("options", environment),
        };
        return settings with { Password = parameters.Get("password", environment) ?? FromPassFile(parameters, environment, settings) };
    }

    private static string SingleHost(string host) =>
        host.Contains(',')
            ? throw new ConnectionSettingsException("host", $"several hosts ('{host}') are not supported; name the primary.")
            : host;

    private static int Port(string? text)
    {
        if (text is null)
            return DefaultPort;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new ConnectionSettingsException("port", "is not a number between 1 and 65535.");
    }

    /// <summary>The system's authorities sign for anybody, so libpq insists on the host name with them.</summary>
    private static SslMode Mode(string? text, string? root)
    {
        if (root != ConnectionSettings.SystemAuthorities)
            return (SslMode)OneOf("sslmode", text ?? "prefer", SslModes.Names);
        return text is null or "verify-full"
            ? SslMode.VerifyFull
            : throw new ConnectionSettingsException("sslmode", $"'{text}' is too weak for sslrootcert=system; use verify-full.");
    }

    private static int OneOf(string parameter, string value, string[] allowed)
    {
        var index = Array.IndexOf(allowed, value);
        return index >= 0 ? index : throw new ConnectionSettingsException(parameter, $"'{value}' is not one of {string.Join(", ", allowed)}.");
    }

    private static TimeSpan ConnectTimeout(string? text)
    {
        if (text is null)
            return TimeSpan.FromSeconds(15);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds > 3600)
            throw new ConnectionSettingsException("connect_timeout", $"'{text}' is not a number of seconds up to 3600 (0 means no limit).");
        return seconds <= 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
    }

    private static string? FromPassFile(ConnectionParameters parameters, ConnectionEnvironment environment, ConnectionSettings settings)
    {
        var path = parameters.Get("passfile", environment) ?? Path.Combine(environment.HomeFolder, ".pgpass");
        return PassFile.Find(path, settings.Host, settings.Port, settings.Database, settings.User);
    }
}
