using Microsoft.Extensions.Logging;
using PgCdc.Engine.Checkpoints;
using PgCdc.Engine.Delivery;
using PgCdc.Errors;
using PgCdc.Sources;

namespace PgCdc.Engine.Pipeline;

/// <summary>
/// Keeps a session of the detector open and gives its batches to the dispatcher. A failure of the first connection is final; later ones are
/// answered by connecting again, for ever, with full jitter. When reading is stopped the last session stays open for the final confirmation.
/// </summary>
internal sealed class SourceLoop(
    PipelineRunOptions options, IDetector detector, Dispatcher dispatcher, CheckpointWriter checkpoints, RunServices services) : IAsyncDisposable
{
    private readonly ILogger _log = services.Loggers.CreateLogger<SourceLoop>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDetectorSession? _session;

    /// <summary>Completes when the first session is open; fails with the run.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Why the source is not being read at the moment, or what was missed for good; null when all is well.</summary>
    public string? Problem { get; private set; } = "connecting";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var jitter = new FullJitter(options.ReconnectBase, options.ReconnectCap, services.Fork());
        while (true)
        {
            var since = services.Time.GetTimestamp();
            try
            {
                await ReadAsync(cancellationToken);
            }
            catch (DetectorException error) when (error.IsTransient && _connected.Task.IsCompletedSuccessfully)
            {
                await CloseSessionAsync();
                if (services.Time.GetElapsedTime(since) > options.ReconnectCap)
                    jitter.Reset();

                await WaitAsync(error, jitter.Next(), cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _connected.TrySetException(error);
                throw;
            }
        }
    }

    /// <summary>Sends the final confirmation and closes the session in order.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session)
            await session.CloseAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _connected.TrySetCanceled();
        _ = _connected.Task.Exception;
        await CloseSessionAsync();
        await detector.DisposeAsync();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var start = new DetectorStart
        {
            Pipeline = options.Pipeline,
            Epoch = options.Epoch,
            Checkpoint = checkpoints.Saved,
            Exported = await checkpoints.LoadExportedAsync(cancellationToken),
        };
        var session = await detector.ConnectAsync(start, cancellationToken);
        _session = session;
        await checkpoints.ConnectedAsync(session, cancellationToken);
        Problem = session.Gap;
        _connected.TrySetResult();
        await foreach (var batch in session.ReadAsync(cancellationToken))
            await dispatcher.DispatchAsync(batch, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        throw new DetectorException(ErrorCode.SourceUnavailable, $"The source of pipeline '{options.Pipeline}' ended its stream.", isTransient: true);
    }

    private async Task WaitAsync(DetectorException error, TimeSpan delay, CancellationToken cancellationToken)
    {
        Problem = error.Message;
        services.Metrics.DetectorReconnected(detector.Source);
        Log.SourceLost(_log, options.Pipeline, detector.Source, error.Message, (long)delay.TotalMilliseconds);
        await Task.Delay(delay, services.Time, cancellationToken);
    }

    private async Task CloseSessionAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is not { } session)
            return;

        checkpoints.Disconnected();
        await session.DisposeAsync();
    }
}
