using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.Files;

namespace PgCdc.Engine.State.Journaling;

/// <summary>
/// A durable map from keys to versioned values, for grain state and reminders of one process. A write is answered when it is on the disk.
/// Writes made meanwhile form a group that shares one sync. Safe for concurrent use.
/// </summary>
/// <remarks>
/// There is no writer thread: the first writer commits its group on its own scheduler and blocks it for the length of one sync, then hands
/// the next group to the first who waits. At most one thread is in the kernel at a time, and no event passes on it.
/// </remarks>
public sealed class Journal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _commit = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private readonly Dictionary<string, JournalEntry> _entries;
    private readonly JournalFile _file;
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private bool _led;
    private long _nextSequence;
    private long _lastVersion;
    private long _livingBytes;
    private long _compactionFloor;

    private Journal(string path, JournalFile file, JournalScan scan, JournalOptions options, ILogger logger)
    {
        Path = path;
        _file = file;
        _options = options;
        _logger = logger;
        _entries = scan.Entries;
        _nextSequence = scan.NextSequence;
        _lastVersion = scan.LastVersion;
        foreach (var (key, entry) in _entries)
            _livingBytes += FrameBuilder.SizeOf(key, entry.Value.Length);
    }

    public string Path { get; }

    /// <summary>The keys that have a value, in no order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_gate)
                return [.. _entries.Keys];
        }
    }

    /// <summary>
    /// Opens a journal, or creates an empty one. An unfinished write at its end is cut off. The caller holds the lock of the folder.
    /// </summary>
    /// <exception cref="CheckpointException">The journal is damaged in a way that a crash cannot explain, or could not be read or written.</exception>
    public static Journal Open(IFileSystem files, string path, JournalOptions options, ILogger logger)
    {
        try
        {
            var file = JournalFile.Open(files, path, out var scan);
            if (scan.TornBytes > 0)
                logger.TornTailCut(scan.TornBytes, path);
            return new Journal(path, file, scan, options, logger);
        }
        catch (FileSystemException error)
        {
            throw Unavailable(path, error);
        }
    }

    public bool TryRead(string key, out JournalEntry entry)
    {
        lock (_gate)
            return _entries.TryGetValue(key, out entry);
    }

    /// <summary>Stores a copy of a value.</summary>
    /// <param name="key">1 to <see cref="JournalOptions.MaxKeyBytes"/> bytes.</param>
    /// <param name="expectedVersion">The version that must be stored now; 0 when the key must be absent.</param>
    /// <param name="value">Up to <see cref="JournalOptions.MaxValueBytes"/>.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="VersionConflictException">Another version is stored; nothing was written.</exception>
    /// <exception cref="CheckpointException">It was not written. With <see cref="ErrorCode.DiskFull"/> it may be tried again.</exception>
    public ValueTask<long> WriteAsync(string key, long expectedVersion, ReadOnlyMemory<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, JournalOptions.MaxValueBytes, nameof(value));
        return SubmitAsync(key, expectedVersion, value.ToArray());
    }

    /// <summary>Deletes a key that has this version. Deleting writes too; the errors are those of <see cref="WriteAsync"/>.</summary>
    public async ValueTask DeleteAsync(string key, long expectedVersion) => await SubmitAsync(key, expectedVersion, value: null);

    /// <summary>Closes the file; later writes fail.</summary>
    public void Dispose()
    {
        lock (_commit)
            _file.Dispose();
    }

    private static CheckpointException Unavailable(string path, FileSystemException error)
    {
        var advice = error.IsDiskFull ? "free some space" : "see to the file and its disk";
        return new CheckpointException(
            error.IsDiskFull ? ErrorCode.DiskFull : ErrorCode.StateUnavailable, $"Journal '{path}' failed: {error.Message}; {advice}.", error);
    }

    private async ValueTask<long> SubmitAsync(string key, long expectedVersion, byte[]? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(System.Text.Encoding.UTF8.GetByteCount(key), JournalOptions.MaxKeyBytes, nameof(key));
        var write = new PendingWrite(key, expectedVersion, value);
        if (Enqueue(write) || await write.Turn)
            CommitGroup();
        return write.Result();
    }

    /// <returns>True when nobody commits, so that the caller must.</returns>
    private bool Enqueue(PendingWrite write)
    {
        lock (_gate)
        {
            _waiting.Enqueue(write);
            var lead = !_led;
            _led = true;
            return lead;
        }
    }

    private void CommitGroup()
    {
        var group = TakeGroup();
        try
        {
            lock (_commit)
                Commit(group);
        }
        catch (FileSystemException error)
        {
            FailAll(group, Unavailable(Path, error));
        }
        catch (Exception error) // whatever it was, everybody who waits must be answered
        {
            FailAll(group, error);
        }

        foreach (var write in group)
            write.Complete();
        HandOver();
    }

    private static void FailAll(List<PendingWrite> group, Exception error)
    {
        foreach (var write in group)
            write.Fail(error);
    }

    private void HandOver()
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out var next))
                next.Lead();
            else
                _led = false;
        }
    }

    /// <summary>One write per key, so that each is compared with what is durable and not with what another one hopes for.</summary>
    private List<PendingWrite> TakeGroup()
    {
        var group = new List<PendingWrite>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next) && (group.Count == 0 || bytes + next.Size <= _options.GroupBytes) && keys.Add(next.Key))
            {
                group.Add(_waiting.Dequeue());
                bytes += next.Size;
            }
        }

        return group;
    }

    private void Commit(List<PendingWrite> group)
    {
        var frame = new FrameBuilder(_nextSequence);
        var version = _lastVersion;
        foreach (var write in group)
            version = AddTo(frame, write, version);
        if (version == _lastVersion)
            return;

        _file.Append(frame.Finish());
        _nextSequence++;
        _lastVersion = version;
        Apply(group);
        Failpoint.Hit("journal-synced-before-answer");
        CompactWhenWorthIt();
    }

    /// <returns>The last version given out.</returns>
    private long AddTo(FrameBuilder frame, PendingWrite write, long version)
    {
        var stored = TryRead(write.Key, out var entry) ? entry.Version : 0;
        if (stored != write.ExpectedVersion)
        {
            write.Fail(new VersionConflictException(write.Key, write.ExpectedVersion, stored));
            return version;
        }

        write.Version = version + 1;
        if (write.Value is null)
            frame.AddDelete(write.Key, write.Version);
        else
            frame.AddPut(write.Key, write.Version, write.Value);
        return write.Version;
    }

    private void Apply(List<PendingWrite> group)
    {
        lock (_gate)
        {
            foreach (var write in group)
            {
                if (!write.IsRefused)
                    Apply(write);
            }
        }
    }

    private void Apply(PendingWrite write)
    {
        if (_entries.Remove(write.Key, out var old))
            _livingBytes -= FrameBuilder.SizeOf(write.Key, old.Value.Length);
        if (write.Value is null)
            return;

        _entries.Add(write.Key, new JournalEntry(write.Version, write.Value));
        _livingBytes += write.Size;
    }

    private void CompactWhenWorthIt()
    {
        var garbage = _file.Length - _livingBytes;
        if (garbage <= Math.Max(_options.GarbageLimit, _livingBytes) || _file.Length < _compactionFloor)
            return;

        try
        {
            Compact();
            _compactionFloor = 0;
        }
        catch (FileSystemException error)
        {
            _compactionFloor = _file.Length + _options.GarbageLimit;
            _logger.CompactionFailed(error, Path);
        }
    }

    private void Compact()
    {
        var living = new FrameBuilder(_nextSequence);
        foreach (var (key, entry) in _entries)
            living.AddPut(key, entry.Version, entry.Value.Span);
        _file.Rewrite(living.Finish(), new JournalHeader(_nextSequence, _lastVersion));
        _nextSequence++;
    }
}
