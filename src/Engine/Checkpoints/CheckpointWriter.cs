using Microsoft.Extensions.Logging;
using PgCdc.Engine.Delivery;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.Engine.Checkpoints;

/// <summary>
/// Turns confirmable marks into durable checkpoints and only then confirms them to the source: state first, the exported copy second, the source
/// last. At most one write is in flight and one per 250 ms; progress without events waits for 10 s or 16 MiB.
/// </summary>
internal sealed class CheckpointWriter(
    PipelineRunOptions options, AckTracker tracker, ICheckpointSink? sink, ICheckpointStore? export, RunServices services) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_idleInterval = TimeSpan.FromSeconds(10);
    private const ulong IdleBytes = 16 * 1024 * 1024;

    private readonly ILogger _log = services.Loggers.CreateLogger<CheckpointWriter>();
    private readonly FullJitter _jitter = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), services.Fork());
    private readonly AsyncGate _oneWrite = new();
    private readonly AsyncSignal _work = new();
    private IDetectorSession? _session;
    private SourceIdentity _identity = new();
    private DetectorCheckpoint? _saved = options.Checkpoint;
    private long _savedWatermark;
    private long _savedAt = services.Time.GetTimestamp();
    private long _failedAt;
    private TimeSpan _backoff;

    /// <summary>The last durable checkpoint.</summary>
    public DetectorCheckpoint? Saved => Volatile.Read(ref _saved);

    /// <summary>Why checkpoints cannot be stored at the moment; null while they can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Something may have become confirmable.</summary>
    public void Notify() => _work.Set();

    public async Task<Position?> LoadExportedAsync(CancellationToken cancellationToken) =>
        Saved is null && export is not null && options.ExportKey is { } key ? await export.LoadAsync(key, cancellationToken) : null;

    /// <summary>
    /// A session began; what it starts from is the first checkpoint if there was none. Its source may not know what was stored before.
    /// </summary>
    public async Task ConnectedAsync(IDetectorSession session, CancellationToken cancellationToken)
    {
        await _oneWrite.EnterAsync(cancellationToken);
        try
        {
            _identity = session.Origin.Identity;
            var known = Saved ?? session.Origin;
            if (Saved is null || known.Identity != _identity)
                await StoreAsync(known with { Identity = _identity }, cancellationToken);

            Volatile.Write(ref _session, session);
            session.Confirm(known.Position);
        }
        finally
        {
            _oneWrite.Leave();
        }
    }

    public void Disconnected() => Volatile.Write(ref _session, null);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.UnsafeRegister(static state => ((CheckpointWriter)state!).Notify(), this);
        using var due = services.Time.CreateTimer(_ => Notify(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!cancellationToken.IsCancellationRequested)
        {
            due.Change(await SaveDueAsync(cancellationToken), Timeout.InfiniteTimeSpan);
            await _work.WaitAsync();
        }
    }

    /// <summary>Stores and confirms what is confirmable now, without waiting for an interval.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _oneWrite.EnterAsync(cancellationToken);
        try
        {
            // Read only now: a write that was in flight until here may have stored a newer mark than the one the caller saw.
            var (mark, watermark) = tracker.Confirmable;
            if (mark is { } position && IsNews(position))
                await SaveAsync(position, watermark, cancellationToken);
        }
        finally
        {
            _oneWrite.Leave();
        }
    }

    public ValueTask DisposeAsync() => export?.DisposeAsync() ?? ValueTask.CompletedTask;

    private bool IsNews(in PositionMark mark) => Saved?.Position != mark.Position;

    /// <returns>How long to wait until the pending mark is due; infinite when nothing is pending.</returns>
    private async Task<TimeSpan> SaveDueAsync(CancellationToken cancellationToken)
    {
        var (mark, watermark) = tracker.Confirmable;
        if (mark is { } confirmable)
            Measure(confirmable);

        if (mark is not { } position || !IsNews(position))
            return Timeout.InfiniteTimeSpan;

        var wait = Wait(position, watermark);
        if (wait > TimeSpan.Zero)
            return wait;

        try
        {
            await FlushAsync(cancellationToken);
            return Timeout.InfiniteTimeSpan;
        }
        catch (CheckpointException error) when (error.Code is not ErrorCode.StaleEpoch)
        {
            return Failed(error);
        }
    }

    private void Measure(in PositionMark confirmable)
    {
        services.Metrics.CooperativeCheckpoint((long)confirmable.LogBytes);
        services.Metrics.CheckpointLag((long)(tracker.NewestLogBytes - Math.Min(tracker.NewestLogBytes, Saved?.LogBytes ?? 0)));
    }

    private TimeSpan Wait(in PositionMark mark, long watermark)
    {
        var idle = watermark == _savedWatermark && mark.LogBytes < (Saved?.LogBytes ?? 0) + IdleBytes;
        var untilDue = (idle ? s_idleInterval : s_interval) - services.Time.GetElapsedTime(_savedAt);
        var untilRetry = _backoff - services.Time.GetElapsedTime(_failedAt);
        return untilDue > untilRetry ? untilDue : untilRetry;
    }

    private TimeSpan Failed(CheckpointException error)
    {
        _backoff = _jitter.Next();
        _failedAt = services.Time.GetTimestamp();
        Problem = error.Message;
        Log.CheckpointNotStored(_log, options.Pipeline, error.Message, (long)_backoff.TotalMilliseconds);
        return _backoff;
    }

    private async Task SaveAsync(PositionMark mark, long watermark, CancellationToken cancellationToken)
    {
        await StoreAsync(new DetectorCheckpoint(mark.Position, mark.LogBytes, _identity), cancellationToken);
        _savedWatermark = watermark;
        Volatile.Read(ref _session)?.Confirm(mark.Position);
    }

    private async Task StoreAsync(DetectorCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (sink is not null)
            await sink.SaveAsync(options.Epoch, options.Detector, checkpoint, cancellationToken);

        if (export is not null && options.ExportKey is { } key)
            await export.SaveAsync(key, checkpoint.Position, cancellationToken);

        Volatile.Write(ref _saved, checkpoint);
        _savedAt = services.Time.GetTimestamp();
        Problem = null;
        _backoff = TimeSpan.Zero;
        _jitter.Reset();
        services.Metrics.CheckpointWritten((long)checkpoint.LogBytes);
    }
}
