using PgCdc.Configuration;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>Makes the detector that reads PostgreSQL's write-ahead log.</summary>
[Connector("wal", "Reads changes from PostgreSQL's write-ahead log through a logical replication slot (pgoutput).", Section = "detector")]
public sealed class WalConnector : IDetectorConnector<WalDetectorOptions>
{
    /// <inheritdoc/>
    public IDetector Create(WalDetectorOptions options, ConnectorContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return new WalDetector(options, Settings(options), context);
    }

    private static ConnectionSettings Settings(WalDetectorOptions options)
    {
        try
        {
            return ConnectionSettings.Parse(options.DatabaseUrl.Reveal());
        }
        catch (ConnectionSettingsException error)
        {
            throw new ConfigurationException($"database_url: {error.Message}");
        }
    }
}
