using System.Collections.Frozen;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>
/// Tables that this system writes: checkpoints, dead letters, heartbeats, grain state. Captured, each write of theirs would cause events that
/// cause the next write. The names of Orleans are listed one by one, as its PostgreSQL scripts create them: a prefix would also hide a user's
/// <c>orleans_orders</c>.
/// </summary>
internal static class OwnTables
{
    private static readonly FrozenSet<string> s_orleans = new[]
    {
        "orleansquery", "orleansmembershiptable", "orleansmembershipversiontable", "orleansstorage", "orleansreminderstable",
        "orleansstreammessage", "orleansstreammessagesequence", "orleansstreamdeadletter", "orleansstreamcontrol",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string table) => table.StartsWith("pgcdc_", StringComparison.Ordinal) || s_orleans.Contains(table);
}
