using Microsoft.Extensions.Logging;
using PgCdc.Connectors.Shared.Blocking;
using PgCdc.Connectors.Shared.Lines;
using PgCdc.Delivery;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>
/// Appends event JSON lines to a file. A flush only reaches the kernel's cache; <see cref="SyncAsync"/> makes many of them durable at once,
/// on a thread of its own beside later flushes.
/// </summary>
internal sealed class FileAdapter(IFileSystem files, FileAdapterOptions options, PgCdcMetrics metrics, ILogger log) : ISyncAdapter, IValidateConnection
{
    private readonly RotatingFile _file = new(files, options, metrics, log);
    private readonly BlockingThread _syncer = new("pgcdc file sync");

    /// <summary>A batch that failed after some of its lines went into a file that was rotated since; those are not written again.</summary>
    private (EventBatch Batch, int Lines)? _begun;

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _file.Open();
            return Task.CompletedTask;
        }
        catch (FileSystemException error)
        {
            throw FileErrors.Classify(error);
        }
    }

    /// <exception cref="FileSystemException">Earlier lines were taken back too (<see cref="RotatingFile.IsBroken"/>); giving this batch again is not enough.</exception>
    public ValueTask FlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Append(batch);
            return ValueTask.CompletedTask;
        }
        catch (FileSystemException error) when (!_file.IsBroken)
        {
            throw FileErrors.Classify(error);
        }
    }

    public async ValueTask SyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _syncer.RunAsync(_file.Sync).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FileSystemException error)
        {
            throw FileErrors.SyncFailed(error);
        }
    }

    public Task ValidateConnectionAsync(CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(options.Path));
        if (directory is null)
            throw FileErrors.Classify(new FileSystemException(FileError.IsDirectory, "open", options.Path, "Is a directory"));
        if (!files.Exists(directory))
            throw FileErrors.Classify(new FileSystemException(FileError.NotFound, "open", options.Path, "No such directory"));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _syncer.Dispose();
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Append(EventBatch batch)
    {
        using var lines = BatchLines.Of(batch);
        var written = _begun is { } begun && ReferenceEquals(begun.Batch, batch) ? begun.Lines : 0;
        var offset = LengthOf(lines, 0, written);
        while (written < lines.Count)
        {
            if (_file.Room == 0)
                _file.Rotate();
            var (count, length) = FittingLines(lines, written, offset);
            _file.Append(lines.Bytes.Span.Slice(offset, length));
            written += count;
            offset += length;
            _begun = (batch, written);
        }

        _begun = null;
        RotateWhenDue();
    }

    /// <summary>The lines are written and stay delivered whatever becomes of the rotation, which the next flush tries again.</summary>
    private void RotateWhenDue()
    {
        if (_file.Room > 0)
            return;

        try
        {
            _file.Rotate();
        }
        catch (FileSystemException error) when (!_file.IsBroken)
        {
            log.RotationFailed(options.Path, error.Message);
        }
        catch (DeliveryException error)
        {
            log.RotationFailed(options.Path, error.Message);
        }
    }

    /// <summary>The lines up to the one that fills the file.</summary>
    private (int Count, int Length) FittingLines(in BatchLines lines, int first, int offset)
    {
        var rest = lines.Bytes.Length - offset;
        if (rest <= _file.Room)
            return (lines.Count - first, rest);

        var count = 0;
        var length = 0;
        while (first + count < lines.Count && length < _file.Room)
            length += lines.LengthOf(first + count++);
        return (count, length);
    }

    private static int LengthOf(in BatchLines lines, int first, int count)
    {
        var length = 0;
        for (var index = first; index < first + count; index++)
            length += lines.LengthOf(index);
        return length;
    }
}
