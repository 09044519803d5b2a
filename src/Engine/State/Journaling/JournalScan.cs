using PgCdc.Files;

namespace PgCdc.Engine.State.Journaling;

/// <summary>
/// Reads a journal from its first byte. One frame is written and synced at a time, so a crash can leave at most one frame unfinished, and
/// nothing whole behind it. Anything else is damage, which is refused and never cut.
/// </summary>
internal sealed class JournalScan
{
    private readonly string _path;
    private readonly byte[] _file;

    private JournalScan(string path, byte[] file)
    {
        _path = path;
        _file = file;
        var header = JournalHeader.Read(path, file);
        NextSequence = header.FirstSequence;
        LastVersion = header.LastVersion;
    }

    public Dictionary<string, JournalEntry> Entries { get; } = new(StringComparer.Ordinal);

    public long NextSequence { get; private set; }

    /// <summary>The largest version given out, also of entries that were deleted since.</summary>
    public long LastVersion { get; private set; }

    /// <summary>End of the last whole frame.</summary>
    public int WholeLength { get; private set; } = JournalHeader.Size;

    public long TornBytes => _file.Length - WholeLength;

    public int LastFrameOffset { get; private set; } = JournalHeader.Size;

    /// <summary>The last whole frame as it is in the file; empty when there is none.</summary>
    public ReadOnlySpan<byte> LastFrame => _file.AsSpan(LastFrameOffset, WholeLength - LastFrameOffset);

    public static JournalScan Of(IDurableFile file)
    {
        var bytes = new byte[file.Length];
        var read = file.Read(0, bytes);
        var scan = new JournalScan(file.Path, read == bytes.Length ? bytes : bytes[..read]);
        scan.Run();
        return scan;
    }

    private void Run()
    {
        while (WholeLength < _file.Length)
        {
            var frame = new FrameReader(_file, WholeLength);
            if (!frame.IsWhole)
            {
                RefuseUnlessTorn(frame);
                return;
            }

            Take(frame);
        }
    }

    private void Take(FrameReader frame)
    {
        if (frame.Sequence != NextSequence)
            throw JournalDamage.OutOfOrder(_path, WholeLength, NextSequence, frame.Sequence);

        var entries = new EntryReader(frame.Body);
        while (entries.Next())
            Apply(entries);
        if (entries.IsBroken)
            throw JournalDamage.BadEntry(_path, WholeLength, frame.Sequence);

        LastFrameOffset = WholeLength;
        WholeLength += frame.Size;
        NextSequence++;
    }

    private void Apply(EntryReader entry)
    {
        LastVersion = Math.Max(LastVersion, entry.Version);
        if (entry.IsDelete)
            Entries.Remove(entry.Key);
        else
            Entries[entry.Key] = new JournalEntry(entry.Version, entry.Value.ToArray());
    }

    private void RefuseUnlessTorn(FrameReader broken)
    {
        var search = WholeLength + 1;
        while (_file.AsSpan(search).IndexOf(FrameBuilder.Marker) is var found and >= 0)
        {
            search += found;
            var later = new FrameReader(_file, search);
            if (later.IsWhole && later.Sequence > NextSequence)
                throw JournalDamage.InTheMiddle(_path, WholeLength, broken.DescribeDamage(NextSequence), later.Sequence, search);
            search++;
        }
    }
}
