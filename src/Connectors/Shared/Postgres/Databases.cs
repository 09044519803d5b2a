using Npgsql;
using PgCdc.Configuration;
using PgCdc.Errors;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Pools of ordinary connections to a user's database.</summary>
internal static class Databases
{
    /// <summary>For work that is rare and serial, with one connection to spare.</summary>
    private const int MaxConnections = 2;

    /// <param name="url">URI or key=value pairs.</param>
    /// <param name="key">Where the user wrote it, for the error.</param>
    /// <exception cref="ConfigurationException">The text cannot be read.</exception>
    public static NpgsqlDataSource Open(Secret url, string key)
    {
        try
        {
            var builder = ConnectionSettings.Parse(url.Reveal()).ToNpgsql();
            builder.MaxPoolSize = MaxConnections;
            return NpgsqlDataSource.Create(builder);
        }
        catch (ConnectionSettingsException error)
        {
            throw new ConfigurationException($"{key}: {error.Message}");
        }
    }
}
