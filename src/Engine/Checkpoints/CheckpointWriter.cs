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
    PipelineRunOptions options, AckTracker tracker, ICheckpointSink? sink, ICheckpointStore? export, RunServices services) : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_idleInterval = TimeSpan.FromSeconds(10);
    private const ulong IdleBytes = 16 * 1024 * 1024;

    private readonly ILogger _log = services.Loggers.CreateLogger<CheckpointWriter>();
    private readonly FullJitter _jitter = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), services.Fork());
    private readonly SemaphoreSlim _oneWrite = new(1, 1);
    private readonly AsyncSignal _work = new();
    private IDetectorSession? _session;
    private SourceIdentity _identity = new();
    private DetectorCheckpoint? _saved = options.Checkpoint;
    private long _savedWatermark;
    private long _savedAt = services.Time.GetTimestamp();

    /// <summary>The last durable checkpoint.</summary>
    public DetectorCheckpoint? Saved => Volatile.Read(ref _saved);

    /// <summary>Why checkpoints cannot be stored at the moment; null while they can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Something may have become confirmable.</summary>
    public void Notify() => _work.Set();

    public async Task<Position?> LoadExportedAsync(CancellationToken cancellationToken) =>
        Saved is null && export is not null && options.ExportKey is { } key ? await export.LoadAsync(key, cancellationToken) : null;

    /// <summary>A session began; what it starts from is the first checkpoint if there was none.</summary>
    public async Task ConnectedAsync(IDetectorSession session, CancellationToken cancellationToken)
    {
        _identity = session.Origin.Identity;
        if (Saved is null || Saved.Identity != _identity)
            await StoreAsync(session.Origin, cancellationToken);

        Volatile.Write(ref _session, session);
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
        var (mark, watermark) = tracker.Confirmable;
        if (mark is { } position && IsNews(position))
            await SaveAsync(position, watermark, cancellationToken);
    }

    public void Dispose() => _oneWrite.Dispose();

    private bool IsNews(in PositionMark mark) => Saved?.Position != mark.Position;

    /// <returns>How long to wait until the pending mark is due; infinite when nothing is pending.</returns>
    private async Task<TimeSpan> SaveDueAsync(CancellationToken cancellationToken)
    {
        var (mark, watermark) = tracker.Confirmable;
        if (mark is { } confirmable)
            Measure(confirmable);

        if (mark is not { } position || !IsNews(position))
            return Timeout.InfiniteTimeSpan;

        var wait = Interval(position, watermark) - services.Time.GetElapsedTime(_savedAt);
        if (wait > TimeSpan.Zero)
            return wait;

        try
        {
            await SaveAsync(position, watermark, cancellationToken);
            return s_interval;
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

    private TimeSpan Interval(in PositionMark mark, long watermark)
    {
        var idle = watermark == _savedWatermark && mark.LogBytes - (Saved?.LogBytes ?? 0) < IdleBytes;
        return idle ? s_idleInterval : s_interval;
    }

    private TimeSpan Failed(CheckpointException error)
    {
        var wait = _jitter.Next();
        Problem = error.Message;
        Log.CheckpointNotStored(_log, options.Pipeline, error.Message, (long)wait.TotalMilliseconds);
        return wait;
    }

    private async Task SaveAsync(PositionMark mark, long watermark, CancellationToken cancellationToken)
    {
        await _oneWrite.WaitAsync(cancellationToken);
        try
        {
            if (!IsNews(mark) || watermark < _savedWatermark)
                return;

            await StoreAsync(new DetectorCheckpoint(mark.Position, mark.LogBytes, _identity), cancellationToken);
            _savedWatermark = watermark;
            Volatile.Read(ref _session)?.Confirm(mark.Position);
        }
        finally
        {
            _oneWrite.Release();
        }
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
        _jitter.Reset();
        services.Metrics.CheckpointWritten((long)checkpoint.LogBytes);
    }
}
