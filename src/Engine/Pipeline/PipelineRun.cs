using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PgCdc.Engine.Checkpoints;
using PgCdc.Engine.Delivery;
using PgCdc.Sources;

namespace PgCdc.Engine.Pipeline;

/// <summary>
/// One run of a pipeline, with one epoch: moves batches from the detector to the adapters and acks back to the source. Plain class, lives off
/// the grain scheduler. Ends by <see cref="Stop"/> or by a failure that trying again cannot mend; <see cref="RunAsync"/> tells which.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes what the run owns when it ends.")]
public sealed class PipelineRun
{
    private static readonly TimeSpan s_failedCloseTime = TimeSpan.FromSeconds(1);

    private readonly PipelineRunOptions _options;
    private readonly RunServices _services;
    private readonly ILogger _log;
    private readonly AckTracker _tracker;
    private readonly CheckpointWriter _checkpoints;
    private readonly Dispatcher _dispatcher;
    private readonly SourceLoop _source;
    private readonly AdapterFeed[] _feeds;
    private readonly FeedSender[] _senders;
    private readonly IReadOnlyList<IAdapterPort> _ports;
    private readonly CancellationTokenSource _stopReading = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private TimeSpan _drainTime;
    private volatile bool _isDraining;

    public PipelineRun(
        PipelineRunOptions options, IDetector detector, IReadOnlyList<IAdapterPort> ports, ICheckpointSink? sink, ICheckpointStore? export,
        RunServices services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(services);
        _options = options;
        _services = services;
        _log = services.Loggers.CreateLogger<PipelineRun>();
        _ports = ports;
        _tracker = new AckTracker(ports.Count);
        _checkpoints = new CheckpointWriter(options, _tracker, sink, export, services);
        _feeds = [.. ports.Select((port, index) => new AdapterFeed(index, port.Name, options, _tracker))];
        _senders = [.. _feeds.Select((feed, index) => new FeedSender(feed, ports[index], options, services, Advanced))];
        _dispatcher = new Dispatcher(options, _tracker, _feeds, services, Advanced);
        _source = new SourceLoop(options, detector, _dispatcher, _checkpoints, services);
    }

    public long Epoch => _options.Epoch;

    /// <summary>Completes when the source was reached for the first time; fails when it refuses.</summary>
    public Task Connected => _source.Connected;

    /// <summary>Works until stopped or failed.</summary>
    /// <exception cref="Errors.PgCdcException">Why the run could not go on; nothing unacked was confirmed.</exception>
    public async Task RunAsync()
    {
        _services.Metrics.RunStarted(_options.Epoch);
        _services.Metrics.BusSubscribers(_feeds.Length);
        var source = Watch(_source.RunAsync(_stopReading.Token));
        var loops = _senders.Select(sender => Watch(sender.RunAsync(_abort.Token))).Append(Watch(_checkpoints.RunAsync(_abort.Token))).ToArray();
        await _ending.Task;
        await StopReadingAsync(source);
        using (var deadline = new CancellationTokenSource(_failure is null ? _drainTime : s_failedCloseTime, _services.Time))
        {
            if (_failure is null)
                await DrainAsync(deadline.Token);

            await CloseAdaptersAsync(deadline.Token);
        }

        _abort.Cancel();
        await Task.WhenAll(loops);
        await ReleaseAsync();
        if (_failure is not null)
            throw _failure;
    }

    /// <summary>Stops reading, waits for acks of what was read, stores and confirms the final checkpoint; the run then ends.</summary>
    /// <param name="drain">Time for all of it; what is not acked by then is read again after the next start.</param>
    public void Stop(TimeSpan drain)
    {
        _drainTime = drain;
        _ending.TrySetResult();
    }

    /// <summary>Ends the run as a crash would: nothing is drained.</summary>
    public void Fail(Exception cause)
    {
        Interlocked.CompareExchange(ref _failure, cause, null);
        _ending.TrySetResult();
        _drained.TrySetResult();
    }

    /// <summary>An adapter has acked everything below a sequence.</summary>
    public void Acked(string adapter, long incarnation, long below)
    {
        if (Feed(adapter) is { } feed && feed.Acked(incarnation, below))
            Advanced();

        NoticeDrained();
    }

    /// <summary>An adapter's incarnation cannot go on; it is opened again and gets everything unacked once more.</summary>
    public void Broken(string adapter, long incarnation)
    {
        var index = Array.FindIndex(_feeds, feed => feed.Name == adapter);
        if (index >= 0)
            _senders[index].Broken(incarnation);
    }

    /// <summary>Routes for batches read from now on.</summary>
    public void Use(RouteTable routes) => _dispatcher.Use(routes);

    /// <summary>Where the run stands.</summary>
    public RunProgress Progress => new()
    {
        SourceProblem = _source.Problem,
        CheckpointProblem = _checkpoints.Problem,
        Checkpoint = _checkpoints.Saved,
        Received = _dispatcher.NextSequence,
        AckedBelow = _tracker.LowWatermark,
        Adapters = [.. _feeds.Select((feed, index) => new AdapterProgress(feed.Name, feed.UnackedEvents, _tracker.AckedBelow(index), _senders[index].Problem))],
    };

    private AdapterFeed? Feed(string adapter) => Array.Find(_feeds, feed => feed.Name == adapter);

    private void Advanced()
    {
        _checkpoints.Notify();
        NoticeDrained();
    }

    private void NoticeDrained()
    {
        if (_isDraining && _tracker.LowWatermark >= _dispatcher.NextSequence)
            _drained.TrySetResult();
    }

    private async Task Watch(Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException) when (_stopReading.IsCancellationRequested || _abort.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        catch (Exception error)
        {
            if (error is not Errors.PgCdcException)
                _services.Metrics.PanicRecovered("pipeline");

            Fail(error);
        }
    }

    /// <summary>The reader may wait for an adapter's credit, which a stuck adapter never gives back.</summary>
    private async Task StopReadingAsync(Task source)
    {
        _stopReading.Cancel();
        foreach (var feed in _feeds)
            feed.Wake();

        await source;
    }

    private async Task DrainAsync(CancellationToken deadline)
    {
        _isDraining = true;
        NoticeDrained();
        try
        {
            using (deadline.UnsafeRegister(static (drained, token) => ((TaskCompletionSource)drained!).TrySetCanceled(token), _drained))
                await _drained.Task;
        }
        catch (OperationCanceledException)
        {
            Log.NotDrained(_log, _options.Pipeline, _dispatcher.NextSequence - _tracker.LowWatermark);
        }

        try
        {
            await _checkpoints.FlushAsync(deadline);
            await _source.CloseAsync(deadline);
        }
        catch (Exception error) when (error is OperationCanceledException or Errors.PgCdcException)
        {
            Log.LastCheckpointNotStored(_log, _options.Pipeline, error.Message);
        }
    }

    private async Task CloseAdaptersAsync(CancellationToken deadline)
    {
        foreach (var port in _ports)
        {
            try
            {
                await port.CloseAsync(_options.Epoch, deadline);
            }
            catch (Exception error)
            {
                // Closing is a courtesy: what the adapter has not acked is read again.
                Log.AdapterNotClosed(_log, _options.Pipeline, port.Name, error.Message);
            }
        }
    }

    private async Task ReleaseAsync()
    {
        await _source.DisposeAsync();
        foreach (var feed in _feeds)
            feed.Clear();

        await _checkpoints.DisposeAsync();
        _stopReading.Dispose();
        _abort.Dispose();
    }
}
