namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The parameters as written, by libpq's names. A later value replaces an earlier one.</summary>
internal sealed class ConnectionParameters
{
    private static readonly Dictionary<string, string?> s_variables = new()
    {
        ["host"] = "PGHOST",
        ["port"] = "PGPORT",
        ["user"] = "PGUSER",
        ["password"] = "PGPASSWORD",
        ["dbname"] = "PGDATABASE",
        ["passfile"] = "PGPASSFILE",
        ["sslmode"] = "PGSSLMODE",
        ["sslrootcert"] = "PGSSLROOTCERT",
        ["sslcert"] = "PGSSLCERT",
        ["sslkey"] = "PGSSLKEY",
        ["channel_binding"] = "PGCHANNELBINDING",
        ["connect_timeout"] = "PGCONNECT_TIMEOUT",
        ["application_name"] = "PGAPPNAME",
        ["fallback_application_name"] = null,
        ["options"] = "PGOPTIONS",
        // The session decides about these itself; they are accepted so that existing URLs work.
        ["replication"] = null,
        ["client_encoding"] = null,
    };

    private readonly Dictionary<string, string> _values = [];

    public void Set(string name, string value)
    {
        if (!s_variables.ContainsKey(name))
            throw new ConnectionSettingsException(name, $"is not known or not supported; known are {string.Join(", ", s_variables.Keys)}.");
        _values[name] = value;
    }

    /// <summary>The value written, else the environment's; an empty value counts as absent, as in libpq.</summary>
    public string? Get(string name, ConnectionEnvironment environment)
    {
        if (_values.TryGetValue(name, out var written) && written.Length > 0)
            return written;
        var inherited = s_variables[name] is { } variable ? environment.Variable(variable) : null;
        return string.IsNullOrEmpty(inherited) ? null : inherited;
    }
}
