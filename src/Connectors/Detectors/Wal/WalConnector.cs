using System.ComponentModel.DataAnnotations;
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
        var problems = new List<string>();
        var settings = Settings(options, problems);
        problems.AddRange(options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!));
        if (problems.Count > 0)
            throw new ConfigurationException(problems);

        return new WalDetector(options, settings!, context);
    }

    private static ConnectionSettings? Settings(WalDetectorOptions options, List<string> problems)
    {
        try
        {
            if (!options.DatabaseUrl.IsEmpty)
                return ConnectionSettings.Parse(options.DatabaseUrl.Reveal());

            problems.Add("database_url: no database is named; set --db");
        }
        catch (ConnectionSettingsException error)
        {
            problems.Add($"database_url: {error.Message}");
        }

        return null;
    }
}
