using PgCdc.Connectors.Shared.Blocking;
using PgCdc.Connectors.Shared.Lines;
using PgCdc.Delivery;
using PgCdc.Engine.Files;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.Stdout;

/// <summary>
/// Writes lines to an output whose reader may be slow or stand still. Each batch is one unbuffered write, so a reader sees whole lines, and
/// an acked event has left the process.
/// </summary>
internal sealed class StdoutAdapter(OutputDescriptor output) : IBatchAdapter
{
    private readonly BlockingThread _writer = new("pgcdc stdout");

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When cancelled, a write that blocks stays behind with its own lease of the bytes.</summary>
    public async ValueTask FlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!batch.TryRetain(), batch);
        try
        {
            await _writer.RunAsync(() => Write(batch)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FileSystemException error)
        {
            throw Classify(error);
        }
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DeliveryException Classify(FileSystemException error) => error.Error switch
    {
        FileError.BrokenPipe => new DeliveryException(
            ErrorCode.DeliveryFailed, Disposition.Halt, "The reader of stdout closed it; start the pipeline again with a reader that keeps reading.", error),
        FileError.DiskFull => new DeliveryException(
            ErrorCode.DiskFull, Disposition.Halt, $"{error.Message}; free some space and start the pipeline again.", error),
        _ => new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Halt, $"{error.Message}; start the pipeline again with a stdout that can be written.", error),
    };

    private void Write(EventBatch batch)
    {
        try
        {
            using var lines = BatchLines.Of(batch);
            output.Write(lines.Bytes.Span);
        }
        finally
        {
            batch.Release();
        }
    }
}
