using System.Globalization;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The commands of https://www.postgresql.org/docs/current/protocol-replication.html that logical decoding needs.</summary>
internal static class ReplicationCommands
{
    public static SystemIdentity IdentifySystem(this ReplicationConnection connection)
    {
        var result = connection.Query("IDENTIFY_SYSTEM");
        return new SystemIdentity(
            result.Value("systemid")!,
            int.Parse(result.Value("timeline")!, CultureInfo.InvariantCulture),
            LogSequenceNumber.Parse(result.Value("xlogpos")!),
            result.Value("dbname") ?? "");
    }

    /// <summary>The value of a server setting; SHOW works in replication sessions of every supported version.</summary>
    public static string Show(this ReplicationConnection connection, string setting) => connection.Query($"SHOW {setting}").Rows[0][0]!;

    /// <summary>Waits for the transactions that are open now, for as long as they stay open; cancelling ends the session.</summary>
    public static CreatedSlot CreateLogicalSlot(this ReplicationConnection connection, SlotRequest slot, CancellationToken cancellationToken = default)
    {
        var temporary = slot.Temporary ? " TEMPORARY" : "";
        var snapshot = slot.Snapshot switch
        {
            SlotSnapshot.Export => "EXPORT_SNAPSHOT",
            SlotSnapshot.Use => "USE_SNAPSHOT",
            _ => "NOEXPORT_SNAPSHOT",
        };
        // The keywords rather than the option list of PostgreSQL 15: every supported version reads them.
        var sql = $"CREATE_REPLICATION_SLOT {Identifier(slot.Name)}{temporary} LOGICAL {Identifier(slot.Plugin)} {snapshot}";
        var result = connection.Query(sql, cancellationToken);
        return new CreatedSlot(result.Value("slot_name")!, LogSequenceNumber.Parse(result.Value("consistent_point")!), result.Value("snapshot_name"));
    }

    /// <summary>Without <paramref name="wait"/> an active slot is an error.</summary>
    public static void DropSlot(this ReplicationConnection connection, string slot, bool wait, CancellationToken cancellationToken = default) =>
        connection.Query($"DROP_REPLICATION_SLOT {Identifier(slot)}{(wait ? " WAIT" : "")}", cancellationToken);

    /// <summary>Streams from <paramref name="start"/>, or from the slot's confirmed position when that is later.</summary>
    public static ReplicationStream StartLogicalReplication(
        this ReplicationConnection connection, string slot, ulong start, IReadOnlyDictionary<string, string> pluginOptions)
    {
        var options = string.Join(", ", pluginOptions.Select(option => $"{Identifier(option.Key)} {Literal(option.Value)}"));
        var list = options.Length > 0 ? $" ({options})" : "";
        return connection.StartStreaming($"START_REPLICATION SLOT {Identifier(slot)} LOGICAL {LogSequenceNumber.Format(start)}{list}");
    }

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
