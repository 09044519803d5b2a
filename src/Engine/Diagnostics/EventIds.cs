namespace PgCdc.Engine.Diagnostics;

/// <summary>
/// First id of each room's range of log event ids; a room counts up from it: <c>[LoggerMessage(EventIds.Delivery + 3, …)]</c>. An id is
/// never given to another message. A test checks that ids are unique and stay in their room's range.
/// </summary>
public static class EventIds
{
    /// <summary>PgCdc.Engine.Pipeline, 1000–1099.</summary>
    public const int Pipeline = 1000;

    /// <summary>PgCdc.Engine.Delivery, 1100–1199.</summary>
    public const int Delivery = 1100;

    /// <summary>PgCdc.Engine.Checkpoints, 1200–1299.</summary>
    public const int Checkpoints = 1200;

    /// <summary>PgCdc.Engine.State and PgCdc.Engine.Files, 1300–1399.</summary>
    public const int State = 1300;

    /// <summary>PgCdc.Grains, 2000–2199.</summary>
    public const int Grains = 2000;

    /// <summary>PgCdc.Silo, 2200–2399.</summary>
    public const int Silo = 2200;

    /// <summary>PgCdc.Connectors.Detectors.Wal, 3000–3099.</summary>
    public const int WalDetector = 3000;

    /// <summary>PgCdc.Connectors.Shared.Postgres, 3100–3199.</summary>
    public const int Postgres = 3100;

    /// <summary>PgCdc.Connectors.Adapters.File, 3200–3219.</summary>
    public const int FileAdapter = 3200;

    /// <summary>PgCdc.Connectors.Adapters.Stdout, 3220–3239.</summary>
    public const int StdoutAdapter = 3220;

    /// <summary>The command line program, 4000–4099.</summary>
    public const int Cli = 4000;

    /// <summary>The embedded grain host, 5000–5199. It uses nothing of ours and writes its numbers itself.</summary>
    public const int EmbeddedHost = 5000;
}
