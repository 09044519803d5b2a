namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>PostgreSQL counts microseconds since 2000-01-01 UTC, .NET ticks of 100 ns since the year 1.</summary>
internal static class PostgresTime
{
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <returns>False when .NET cannot hold the time.</returns>
    public static bool TryTicks(long microseconds, out long ticks)
    {
        var isPossible = microseconds >= -s_epochTicks / TimeSpan.TicksPerMicrosecond
            && microseconds <= (DateTime.MaxValue.Ticks - s_epochTicks) / TimeSpan.TicksPerMicrosecond;
        ticks = isPossible ? s_epochTicks + (microseconds * TimeSpan.TicksPerMicrosecond) : 0;
        return isPossible;
    }

    public static long UnixMs(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
