namespace PgCdc.TestKit.Time;

/// <summary>A clock that a test moves: wall time, timestamps and timers. Timers fire inside <see cref="Advance"/>, each at its own moment. Thread safe.</summary>
public sealed class FakeTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _armed = [];
    private long _elapsed;
    private long _order;

    public FakeTimeProvider()
        : this(new DateTimeOffset(2026, 2, 3, 10, 11, 12, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(GetTimestamp());

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetTimestamp() + by.Ticks;
        while (FireNext(target))
        {
        }

        Interlocked.Exchange(ref _elapsed, target);
    }

    /// <summary>Moves to the next timer and fires it; false when none is armed.</summary>
    public bool AdvanceToNextTimer() => FireNext(long.MaxValue);

    internal void Arm(FakeTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;

            timer.Due = _elapsed + dueTime.Ticks;
            timer.Order = _order++;
            _armed.Add(timer);
        }
    }

    private bool FireNext(long latest)
    {
        FakeTimer? next;
        lock (_gate)
        {
            next = _armed.MinBy(static timer => (timer.Due, timer.Order));
            if (next is null || next.Due > latest)
                return false;

            _armed.Remove(next);
            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, next.Due));
        }

        next.Fire();
        return true;
    }
}
