using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;
using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>
/// A file that whole lines are appended to. <see cref="Append"/> and <see cref="Rotate"/> are called by one thread at a time;
/// <see cref="Sync"/> may run beside <see cref="Append"/>.
/// </summary>
/// <remarks>
/// Locks are taken in the order sync, write. A failed sync breaks the file: nobody knows which of the unsynced bytes are on the disk, so they
/// are taken back, and whoever delivered them must do it again with a file opened anew.
/// </remarks>
internal sealed class RotatingFile(IFileSystem files, FileAdapterOptions options, PgCdcMetrics metrics, ILogger log) : IDisposable
{
    private readonly Lock _syncGate = new();
    private readonly Lock _writeGate = new();
    private readonly Rotation _rotation = new(files, options.Path, options.MaxFiles);
    private IDurableFile? _file;
    private FileSystemException? _broken;
    private long _length;
    private long _synced;

    /// <summary>At most so many bytes stay unsynced; only so many are searched for damage at the next start.</summary>
    public int UnsyncedLimit { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes that may be appended before the file is due for rotation; 0 when it is due.</summary>
    public long Room => Math.Max(0, options.MaxSize - _length);

    /// <summary>Whether unsynced lines were taken back; then nothing works any more.</summary>
    public bool IsBroken => Volatile.Read(ref _broken) is not null;

    /// <summary>Opens the file if it is not open, and cuts off what a crash left behind its last line.</summary>
    public void Open()
    {
        lock (_syncGate)
            lock (_writeGate)
            {
                ThrowIfBroken();
                if (_file is null)
                    OpenCurrent();
            }
    }

    /// <summary>Appends lines, or nothing of them when it throws.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        OpenIfClosed();
        var start = _length;
        try
        {
            while (!lines.IsEmpty)
            {
                var count = RoomUnsynced(lines.Length);
                Write(lines[..count]);
                lines = lines[count..];
            }
        }
        catch (FileSystemException) when (!IsBroken)
        {
            TakeBack(start);
            throw;
        }
    }

    /// <summary>Makes everything durable that was appended before the call.</summary>
    public void Sync()
    {
        lock (_syncGate)
            SyncUpTo(Volatile.Read(ref _length));
    }

    /// <summary>Puts the file away under its first number and begins a new one. May be called again when it failed.</summary>
    public void Rotate()
    {
        OpenIfClosed();
        lock (_syncGate)
            lock (_writeGate)
            {
                if (Room > 0)
                    return; // an earlier call got as far as the rename

                SyncUpTo(_length);
                Close();
                _rotation.Shift();
                metrics.FileRotated();
                Failpoint.Hit("file-rotated-before-new");
                OpenCurrent();
            }
    }

    public void Dispose()
    {
        lock (_syncGate)
            lock (_writeGate)
                Close();
    }

    /// <summary>Takes no lock when the file is open, so that appending does not wait for a sync.</summary>
    private void OpenIfClosed()
    {
        if (Volatile.Read(ref _file) is null)
            Open();
    }

    private void OpenCurrent()
    {
        var file = files.Open(options.Path, FileOpening.OpenOrCreate, FileModes.WorldReadable);
        try
        {
            if (!file.TryLock())
                throw FileErrors.InUse(options.Path);

            _length = CutTornTail(file);
            file.Sync();
            _rotation.SyncNames();
            _synced = _length;
            _file = file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private long CutTornTail(IDurableFile file)
    {
        var length = file.Length;
        RefuseForeign(file);
        var good = TornTail.GoodLength(file, length, UnsyncedLimit);
        if (good == length)
            return length;

        file.Truncate(good);
        log.TornLineCut(length - good, options.Path);
        return good;
    }

    /// <summary>Cutting a file that never held lines would destroy it. A zero is what a lost first line leaves.</summary>
    private void RefuseForeign(IDurableFile file)
    {
        Span<byte> first = stackalloc byte[1];
        if (file.Read(0, first) == 1 && first[0] is not ((byte)'{' or 0))
            throw FileErrors.Foreign(options.Path);
    }

    private int RoomUnsynced(int wanted)
    {
        if (_length - Volatile.Read(ref _synced) >= UnsyncedLimit)
            Sync();
        return (int)Math.Min(wanted, UnsyncedLimit - (_length - Volatile.Read(ref _synced)));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writeGate)
        {
            ThrowIfBroken();
            _file!.Write(_length, bytes);
            Volatile.Write(ref _length, _length + bytes.Length);
        }
    }

    /// <summary>Synced at once: else a crash could mix what was taken back with what is written there next.</summary>
    private void TakeBack(long length)
    {
        lock (_syncGate)
            lock (_writeGate)
            {
                ThrowIfBroken();
                try
                {
                    _file!.Truncate(length);
                    _file.Sync();
                    _length = _synced = length;
                }
                catch (FileSystemException error)
                {
                    Break(error);
                    throw;
                }
            }
    }

    private void SyncUpTo(long length)
    {
        ThrowIfBroken();
        if (_file is null || _synced == length)
            return;

        try
        {
            _file.Sync();
            Volatile.Write(ref _synced, length);
        }
        catch (FileSystemException error)
        {
            lock (_writeGate)
                Break(error);
            throw;
        }
    }

    private void Break(FileSystemException cause)
    {
        Volatile.Write(ref _broken, cause);
        log.UnsyncedLinesTakenBack(_length - _synced, options.Path, cause.Message);
        try
        {
            _file!.Truncate(_synced);
            _file.Sync();
        }
        catch (FileSystemException)
        {
            // The disk fails in more than one way; what is left is searched for damage when the file is opened again.
        }

        Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private void ThrowIfBroken()
    {
        if (_broken is not null)
            throw new FileSystemException(_broken.Error, "append to", options.Path, $"unsynced lines were taken back since {_broken.Reason}");
    }
}
