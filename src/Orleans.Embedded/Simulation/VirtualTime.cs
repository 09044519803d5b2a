namespace Orleans.Embedded.Simulation;

/// <summary>A clock that stands still until the simulation moves it to the next timer. Used on the simulation's thread only.</summary>
public sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedSet<VirtualTimer> _timers = new(Comparer<VirtualTimer>.Create(VirtualTimer.Compare));
    private long _ticks;
    private long _lastNumber;

    /// <summary>Time that has passed since the simulation began.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, ++_lastNumber);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and fires it; false when there is none.</summary>
    internal bool FireNext()
    {
        if (_timers.Min is not { } next)
            return false;
        _timers.Remove(next);
        _ticks = Math.Max(_ticks, next.Due);
        next.Fire();
        return true;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state, long number) : ITimer
    {
        private readonly long _number = number;
        private TimeSpan _period;
        private bool _isDisposed;

        public long Due { get; private set; }

        /// <summary>By time; timers due at one instant fire in the order they were made.</summary>
        public static int Compare(VirtualTimer? left, VirtualTimer? right) =>
            left!.Due.CompareTo(right!.Due) is var order and not 0 ? order : left._number.CompareTo(right._number);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
                return false;
            time._timers.Remove(this);
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Schedule(dueTime);
            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
                Schedule(_period);
            callback(state);
        }

        public void Dispose()
        {
            _isDisposed = true;
            time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan wait)
        {
            Due = time._ticks + wait.Ticks;
            time._timers.Add(this);
        }
    }
}
