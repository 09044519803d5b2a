using PgCdc.Files;

namespace PgCdc.Engine.State.Journaling;

/// <summary>What a journal held at one moment. Reading it needs no lock and changes nothing, so it also serves beside a running process.</summary>
public sealed class JournalSnapshot
{
    internal JournalSnapshot(JournalScan scan)
    {
        Entries = scan.Entries;
        TornBytes = scan.TornBytes;
    }

    private JournalSnapshot() => Entries = new Dictionary<string, JournalEntry>();

    public IReadOnlyDictionary<string, JournalEntry> Entries { get; }

    /// <summary>Bytes of an unfinished write behind the last whole one.</summary>
    public long TornBytes { get; }

    /// <summary>Reads a journal; one that does not exist is empty.</summary>
    /// <exception cref="Errors.CheckpointException">The journal is damaged in a way that a crash cannot explain.</exception>
    /// <exception cref="FileSystemException">The file could not be read.</exception>
    public static JournalSnapshot Read(IFileSystem files, string path)
    {
        if (!files.Exists(path))
            return new JournalSnapshot();

        using var file = files.Open(path, FileOpening.Read);
        return new JournalSnapshot(JournalScan.Of(file));
    }
}
