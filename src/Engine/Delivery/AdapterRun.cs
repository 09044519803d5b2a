using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PgCdc.Delivery;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>
/// One incarnation of an adapter: takes batches at once, delivers them in order beside the caller, makes them durable in groups and reports acks.
/// When delivered events may be lost (a failed sync) it ends as a crash would; the next incarnation gets everything unacked again.
/// Plain class, lives off the grain scheduler; thread safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes what the run owns when it ends.")]
public sealed class AdapterRun
{
    private readonly AdapterRunOptions _options;
    private readonly IBatchAdapter _adapter;
    private readonly RunServices _services;
    private readonly ILogger _log;
    private readonly AckReporter _reporter;
    private readonly BatchFlusher _flusher;
    private readonly Lock _gate = new();
    private readonly Queue<EventBatch> _accepted = new();
    private readonly AsyncSignal _work = new();
    private readonly AsyncSignal _flushedMore = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DeliveryMark _flushed;
    private DeliveryMark _acked;
    private long _acceptedEnd;
    private bool _isClosing;

    public AdapterRun(AdapterRunOptions options, IBatchAdapter adapter, IAdapterReports reports, RunServices services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        _options = options;
        _adapter = adapter;
        _services = services;
        _log = services.Loggers.CreateLogger<AdapterRun>();
        _reporter = new AckReporter(options, reports, services);
        _flusher = new BatchFlusher(options, adapter, _reporter, services);
        _acceptedEnd = options.FirstSequence;
        _flushed = _acked = new DeliveryMark(options.FirstSequence, options.CoveredThrough, 0);
    }

    public long Epoch => _options.Epoch;

    public long Incarnation => _options.Incarnation;

    /// <summary>Whether the incarnation can go on.</summary>
    public bool IsUsable => _reporter.Latest.Condition is AdapterCondition.Running or AdapterCondition.Retrying;

    /// <summary>The last event that this or an earlier incarnation acked, in the source's order.</summary>
    public SourcePlace AckedThrough
    {
        get
        {
            lock (_gate)
                return _acked.Place;
        }
    }

    /// <summary>What the pipeline is told when it asks.</summary>
    public DeliveryReceipt Receipt => new(
        IsUsable ? DeliveryOutcome.Accepted : DeliveryOutcome.Reopen, _options.Incarnation, _reporter.Latest.AckedBelow);

    /// <summary>Takes a batch, or recognises one that was taken before. Does not wait; takes a lease of its own.</summary>
    /// <param name="batch">Events of this epoch.</param>
    /// <param name="from">Where the previous batch for this adapter ended.</param>
    public DeliveryReceipt Accept(EventBatch batch, long from)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            if (batch.EndSequence <= _acceptedEnd)
                return Receipt;

            if (from != _acceptedEnd || _isClosing || !batch.TryRetain())
                return Receipt with { Outcome = DeliveryOutcome.Reopen };

            _accepted.Enqueue(batch);
            _acceptedEnd = batch.EndSequence;
        }

        _work.Set();
        return Receipt;
    }

    /// <summary>Delivers until closed or broken; never throws.</summary>
    public async Task RunAsync()
    {
        var reporting = Watch(_reporter.RunAsync(_abort.Token));
        var syncing = _adapter is ISyncAdapter sync && _options.SyncBeforeAck ? Watch(SyncAsync(sync)) : Task.CompletedTask;
        await Watch(FlushAsync());
        await syncing;
        _abort.Cancel();
        _reporter.Wake();
        await reporting;
        await ReportLastAsync();
        ReleaseAccepted();
        await DisposeAdapterAsync();
        _abort.Dispose();
        _idle.TrySetResult();
    }

    /// <summary>Finishes accepted work, or gives it up when the token is cancelled. Afterwards the adapter is disposed.</summary>
    public async Task CloseAsync(CancellationToken deadline)
    {
        lock (_gate)
            _isClosing = true;

        _work.Set();
        using (deadline.UnsafeRegister(static run => ((AdapterRun)run!).Abort(), this))
            await _idle.Task;
    }

    private void Abort()
    {
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended at the same moment.
        }

        _work.Set();
        _flushedMore.Set();
    }

    private async Task FlushAsync()
    {
        while (!_abort.IsCancellationRequested)
        {
            if (TakeNext() is { } batch)
                await DeliverAsync(batch);
            else if (IsClosing())
                break;
            else
                await _work.WaitAsync();
        }

        _flushedMore.Set();
    }

    private EventBatch? TakeNext()
    {
        lock (_gate)
            return _accepted.TryPeek(out var batch) ? batch : null;
    }

    private bool IsClosing()
    {
        lock (_gate)
            return _isClosing && _accepted.Count == 0;
    }

    private async Task DeliverAsync(EventBatch batch)
    {
        var last = batch[batch.Count - 1];
        var created = last.CreatedAt;
        var mark = new DeliveryMark(batch.EndSequence, Later(new SourcePlace(batch.Lineage, last.SortKey)), last.Header.Lsn);
        if (Coverage.Uncovered(batch, _options.CoveredThrough) is { } uncovered)
            await _flusher.FlushAsync(uncovered, _abort.Token);

        lock (_gate)
        {
            _accepted.Dequeue();
            _flushed = mark;
        }

        _services.Metrics.DeliveryLag(_options.Adapter, _services.Time.GetUtcNow() - created, batch.Count);
        batch.Release();
        if (_adapter is ISyncAdapter && _options.SyncBeforeAck)
            _flushedMore.Set();
        else
            Acked(mark);
    }

    private async Task SyncAsync(ISyncAdapter adapter)
    {
        while (!_abort.IsCancellationRequested)
        {
            // Both under one lock: whoever sees the last batch gone must see its mark, too.
            DeliveryMark target;
            bool isLast;
            lock (_gate)
                (target, isLast) = (_flushed, _isClosing && _accepted.Count == 0);

            if (target.End > _acked.End)
            {
                await adapter.SyncAsync(_abort.Token);
                Failpoint.Hit("after-sync-before-ack");
                Acked(target);
            }
            else if (isLast)
                break;
            else
                await _flushedMore.WaitAsync();
        }
    }

    /// <summary>What was acked before the run stays covered while events before it come again.</summary>
    private SourcePlace Later(in SourcePlace place) =>
        _options.CoveredThrough.Covers(place.Lineage ?? "", place.Key) ? _options.CoveredThrough : place;

    private void Acked(in DeliveryMark mark)
    {
        lock (_gate)
            _acked = mark;

        _services.Metrics.AckPosition(_options.Adapter, (long)mark.Lsn);
        _reporter.Acked(mark.End);
    }

    private async Task Watch(Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // Closed at the deadline, or broken by another loop.
        }
        catch (Exception error)
        {
            var halts = error is DeliveryException { Disposition: not Disposition.Retry };
            Log.AdapterStopped(_log, _options.Pipeline, _options.Adapter, error.Message);
            _reporter.Condition(halts ? AdapterCondition.Halted : AdapterCondition.Broken, error.Message);
            Abort();
        }
    }

    private async Task ReportLastAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), _services.Time);
        try
        {
            await _reporter.SendAsync(patience.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            // The pipeline is gone; its next run asks anew.
        }
    }

    private async Task DisposeAdapterAsync()
    {
        try
        {
            await _adapter.DisposeAsync();
        }
        catch (Exception error)
        {
            // What it has not acked is delivered again; the next incarnation must be able to begin.
            Log.AdapterNotDisposed(_log, _options.Pipeline, _options.Adapter, error.Message);
        }
    }

    private void ReleaseAccepted()
    {
        lock (_gate)
        {
            _isClosing = true;
            while (_accepted.TryDequeue(out var batch))
                batch.Release();
        }
    }
}
