using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>
/// A timer whose callback is a request of the activation. The next wait starts when a callback has ended, so callbacks
/// of one timer never overlap.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _lock = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isChanged;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, Options) = (activation, callback, options);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.Time.CreateTimer(
                static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public GrainTimerCreationOptions Options { get; }

    public static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNoWait(dueTime, nameof(dueTime));
        ThrowIfNoWait(period, nameof(period));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        lock (_lock)
        {
            (_dueTime, _period, _isChanged) = (dueTime, period, true);

            // During a tick the change waits for its end, or a second tick could start beside it.
            if (!_isTicking)
                Arm(dueTime);
        }
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _timer.Dispose();
        _activation.Timers.Remove(this);
    }

    private static void ThrowIfNoWait(TimeSpan wait, string name)
    {
        if (wait == Timeout.InfiniteTimeSpan)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, LongestWait, name);
    }

    private void OnDue()
    {
        lock (_lock)
        {
            if (_isTicking || _stopped.IsCancellationRequested)
                return;
            _isTicking = true;
        }

        _activation.TryReceive(new Tick(this));
    }

    private async Task TickAsync()
    {
        _isChanged = false;
        try
        {
            await _callback(_stopped.Token);
        }
        catch (Exception error)
        {
            Log.TimerFailed(_activation.Silo.Logger, _activation.GrainId, error);
        }

        OnTicked();
    }

    private void OnTicked()
    {
        lock (_lock)
        {
            _isTicking = false;
            if (!_stopped.IsCancellationRequested)
                Arm(_isChanged ? _dueTime : _period);
        }
    }

    private void Arm(TimeSpan wait) => _timer.Change(wait, Timeout.InfiniteTimeSpan);

    private sealed class Tick(GrainTimer timer) : GrainCall
    {
        public override bool IsAlwaysInterleave => timer.Options.Interleave;

        public override bool IsReadOnly => false;

        public override bool CountsAsUse => timer.Options.KeepAlive;

        public override bool MayMove => false;

        public override bool IsAbandoned => timer._stopped.IsCancellationRequested;

        public override void Run(object target, IRequestEnd ended) => _ = RunAsync(ended);

        public override void Fail(Exception error)
        {
            // Nobody waits for a tick.
        }

        private async Task RunAsync(IRequestEnd ended)
        {
            await timer.TickAsync();
            ended.OnEnded(this);
        }
    }
}
