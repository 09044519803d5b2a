using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>
/// Finds what a crash may have left behind the last good line. Lines that were not synced can be missing while later ones are there; the
/// gap reads as zeros, which JSON never contains. So a file is good up to the last end of line before the first zero.
/// </summary>
internal static class TornTail
{
    private const int ChunkBytes = 1024 * 1024;

    /// <summary>Length of the good part.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">Its length.</param>
    /// <param name="unsynced">How many bytes at its end may never have been synced.</param>
    public static long GoodLength(IDurableFile file, long length, long unsynced) =>
        EndOfLastLine(file, FirstZero(file, Math.Max(0, length - unsynced), length));

    private static long FirstZero(IDurableFile file, long from, long end)
    {
        var chunk = new byte[Math.Min(ChunkBytes, end - from)];
        for (var offset = from; offset < end; offset += chunk.Length)
        {
            var count = file.Read(offset, chunk.AsSpan(0, (int)Math.Min(chunk.Length, end - offset)));
            var zero = chunk.AsSpan(0, count).IndexOf((byte)0);
            if (zero >= 0)
                return offset + zero;
        }

        return end;
    }

    private static long EndOfLastLine(IDurableFile file, long end)
    {
        var chunk = new byte[Math.Min(ChunkBytes, end)];
        while (end > 0)
        {
            var start = Math.Max(0, end - chunk.Length);
            var count = file.Read(start, chunk.AsSpan(0, (int)(end - start)));
            var newLine = chunk.AsSpan(0, count).LastIndexOf((byte)'\n');
            if (newLine >= 0)
                return start + newLine + 1;
            end = start;
        }

        return 0;
    }
}
