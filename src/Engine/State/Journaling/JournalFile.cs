using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.Files;

namespace PgCdc.Engine.State.Journaling;

/// <summary>The file of a journal: appends whole frames durably and replaces itself by a shorter one. Used by one caller at a time.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _path;
    private IDurableFile _file;
    private Exception? _fault;

    private JournalFile(IFileSystem files, string path, IDurableFile file, long length)
    {
        _files = files;
        _path = path;
        _file = file;
        Length = length;
    }

    public long Length { get; private set; }

    private static string Directory(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string NewPath(string path) => path + ".new";

    public static JournalFile Open(IFileSystem files, string path, out JournalScan scan)
    {
        files.Delete(NewPath(path));
        if (files.Exists(path))
            files.SyncDirectory(Directory(path)); // the process that made this file may have died before it did this
        else
            Create(files, path);

        var file = files.Open(path, FileOpening.ReadWrite);
        try
        {
            scan = JournalScan.Of(file);
            MakeDurable(file, scan);
            return new JournalFile(files, path, file, scan.WholeLength);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Adds a frame and syncs. Without space nothing is added and the next append may succeed; after a failed sync the file is closed for
    /// writing, because the kernel may have dropped what it could not write.
    /// </summary>
    public void Append(ReadOnlySpan<byte> frame)
    {
        ThrowIfFaulted();
        WriteOrCutBack(frame);
        Failpoint.Hit("journal-written-before-sync");
        FaultOnFailure(_file.Sync);
        Length += frame.Length;
    }

    /// <summary>Replaces the file by one that holds only the given frames. When that cannot be written the old file stays in use.</summary>
    public void Rewrite(ReadOnlySpan<byte> frames, JournalHeader header)
    {
        ThrowIfFaulted();
        var smaller = WriteNew(_files, _path, frames, header);
        FaultOnFailure(() => TakePlace(smaller));
        Length = JournalHeader.Size + frames.Length;
    }

    public void Dispose()
    {
        _fault ??= new ObjectDisposedException(nameof(Journal));
        _file.Dispose();
    }

    private static IDurableFile WriteNew(IFileSystem files, string path, ReadOnlySpan<byte> frames, JournalHeader header)
    {
        var file = files.Open(NewPath(path), FileOpening.Truncate);
        try
        {
            Span<byte> start = stackalloc byte[JournalHeader.Size];
            header.WriteTo(start);
            file.Write(0, start);
            file.Write(JournalHeader.Size, frames);
            file.Sync();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Create(IFileSystem files, string path)
    {
        WriteNew(files, path, [], new JournalHeader(FirstSequence: 1, LastVersion: 0)).Dispose();
        files.Rename(NewPath(path), path);
        files.SyncDirectory(Directory(path));
    }

    /// <summary>
    /// The last frame may have been read from the cache only: its process died before the sync, or the sync failed and the kernel holds the
    /// pages for clean. Somebody acts on it from now on, so the same bytes are written once more and synced.
    /// </summary>
    private static void MakeDurable(IDurableFile file, JournalScan scan)
    {
        if (scan.TornBytes > 0)
            file.Truncate(scan.WholeLength);
        file.Write(scan.LastFrameOffset, scan.LastFrame);
        file.Sync();
    }

    /// <summary>Until the directory is synced a crash could bring the old file back, so a failure on the way leaves no file to write to.</summary>
    private void TakePlace(IDurableFile smaller)
    {
        using var old = _file;
        _file = smaller;
        _files.Rename(NewPath(_path), _path);
        Failpoint.Hit("journal-renamed-before-directory-sync");
        _files.SyncDirectory(Directory(_path));
    }

    private void WriteOrCutBack(ReadOnlySpan<byte> frame)
    {
        try
        {
            _file.Write(Length, frame);
        }
        catch (FileSystemException)
        {
            FaultOnFailure(() => _file.Truncate(Length));
            throw;
        }
    }

    private void FaultOnFailure(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error)
        {
            _fault = error;
            throw;
        }
    }

    private void ThrowIfFaulted()
    {
        ObjectDisposedException.ThrowIf(_fault is ObjectDisposedException, this);
        if (_fault is not null)
            throw new CheckpointException(ErrorCode.StateUnavailable, $"Journal '{_path}' takes no more writes since this failed: {_fault.Message}. "
                + "What was not answered may be lost; restart to go on with what is on the disk.", _fault);
    }
}
