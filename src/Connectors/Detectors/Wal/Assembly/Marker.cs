using System.Globalization;
using System.Text.Unicode;

namespace PgCdc.Connectors.Detectors.Wal.Assembly;

/// <summary>Payloads of the transaction markers: members and time format as in event JSON.</summary>
internal static class Marker
{
    /// <summary>Tells BEGIN apart from other events with ordinal 0 in event ids.</summary>
    public const int BeginKind = 1;

    /// <summary>Tells COMMIT apart from other events with ordinal 0 in event ids.</summary>
    public const int CommitKind = 2;

    /// <summary>Longer than any payload: 31 fixed characters, a 32-bit and a 31-bit number, a time of 28 characters.</summary>
    public const int MaxLength = 128;

    public static ReadOnlySpan<byte> WriteBegin(Span<byte> destination, uint xid, long commitTimeTicks)
    {
        var time = new DateTime(commitTimeTicks, DateTimeKind.Utc);
        Utf8.TryWrite(
            destination, CultureInfo.InvariantCulture, $$"""{"xid":{{xid}},"commit_time":"{{time:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}}"}""", out var written);
        return destination[..written];
    }

    public static ReadOnlySpan<byte> WriteCommit(Span<byte> destination, uint xid, long commitTimeTicks, int eventCount)
    {
        var begin = WriteBegin(destination, xid, commitTimeTicks).Length - 1;
        Utf8.TryWrite(destination[begin..], CultureInfo.InvariantCulture, $$""","event_count":{{eventCount}}}""", out var written);
        return destination[..(begin + written)];
    }
}
