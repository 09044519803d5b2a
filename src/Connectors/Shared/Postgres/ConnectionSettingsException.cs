namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>A connection string that cannot be used; the message names the parameter and never shows a password.</summary>
internal sealed class ConnectionSettingsException(string parameter, string problem)
    : FormatException($"Database connection parameter '{parameter}': {problem}")
{
    public string Parameter { get; } = parameter;
}
