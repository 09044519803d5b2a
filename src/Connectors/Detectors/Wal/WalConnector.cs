using System.Text.RegularExpressions;
using PgCdc.Configuration;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>Makes the detector that reads PostgreSQL's write-ahead log.</summary>
[Connector("wal", "Reads changes from PostgreSQL's write-ahead log through a logical replication slot (pgoutput).", Section = "detector")]
public sealed partial class WalConnector : IDetectorConnector<WalDetectorOptions>
{
    /// <inheritdoc/>
    public IDetector Create(WalDetectorOptions options, ConnectorContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        var problems = new List<string>();
        var settings = Settings(options, problems);
        CheckNames(options, problems);
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

    private static void CheckNames(WalDetectorOptions options, List<string> problems)
    {
        if (options.EffectivePublication().Length == 0)
            problems.Add("detector.publication: no publication is named; set --publication or --all-tables");

        if (options.EffectiveSlotName() is { } slot && !SlotNames().IsMatch(slot))
            problems.Add($"detector.slot_name: '{slot}' cannot name a slot, which takes 1 to 63 of a-z, 0-9 and _; set --slot-name");
    }

    [GeneratedRegex("^[a-z0-9_]{1,63}$")]
    private static partial Regex SlotNames();
}
