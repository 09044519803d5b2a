using System.Globalization;
using PgCdc.Errors;

namespace PgCdc.Engine.State.Journaling;

/// <summary>The errors of a journal that a crash cannot have left behind: file, offset, what was seen, what to do.</summary>
internal static class JournalDamage
{
    public static CheckpointException NotAJournal(string path, ReadOnlySpan<byte> file)
    {
        var start = Convert.ToHexStringLower(file[..Math.Min(file.Length, JournalHeader.Magic.Length)]);
        return Corrupt(path, 0, $"a header of {JournalHeader.Size} bytes starting with {Convert.ToHexStringLower(JournalHeader.Magic)} "
            + $"must be here, but the file has {file.Length} bytes" + (start.Length > 0 ? $" and starts with {start}" : ""));
    }

    public static CheckpointException OtherFormat(string path, uint format) =>
        new(ErrorCode.StateCorrupt, Text($"Journal '{path}' has format {format}, this program reads format {JournalHeader.Format}. ")
            + "Start the version of pgcdc that wrote it.");

    public static CheckpointException BadHeader(string path, uint stored, uint computed) =>
        Corrupt(path, 0, $"the header's checksum is {stored:x8} but its bytes give {computed:x8}");

    public static CheckpointException InTheMiddle(string path, long offset, string seen, long nextSequence, long nextOffset) =>
        Corrupt(path, offset, $"{seen}, but frame {nextSequence} at offset {nextOffset} is whole, so this is not an unfinished write");

    public static CheckpointException OutOfOrder(string path, long offset, long expected, long seen) =>
        Corrupt(path, offset, $"frame {expected} must be here, but frame {seen} is");

    public static CheckpointException BadEntry(string path, long offset, long sequence) =>
        Corrupt(path, offset, $"frame {sequence} has a right checksum but holds no entries that this program can read");

    private static CheckpointException Corrupt(string path, long offset, FormattableString seen) =>
        new(ErrorCode.StateCorrupt, Text($"Journal '{path}' is damaged at offset {offset}: {Text(seen)}. Nothing was changed. ")
            + "Put back a copy of the file, or move it away to start without the state that it holds.");

    private static CheckpointException Corrupt(string path, long offset, string seen) => Corrupt(path, offset, $"{seen}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
