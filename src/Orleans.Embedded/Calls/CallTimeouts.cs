namespace Orleans.Embedded.Calls;

/// <summary>
/// Ends calls that got no answer in time. One list per limit: calls of one limit expire in the order they were sent, so
/// adding and removing is a change of two links and one timer serves all.
/// </summary>
internal sealed class CallTimeouts(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TimeSpan, TimeoutList> _lists = [];
    private bool _isDisposed;

    public void Add(MethodCall call, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
            return;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            if (!_lists.TryGetValue(limit, out var list))
                _lists.Add(limit, list = new TimeoutList(this, limit));
            list.Append(call);
        }
    }

    public void Remove(MethodCall call)
    {
        lock (_lock)
            call.TimeoutList?.Unlink(call);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var list in _lists.Values)
                list.Stop();
        }
    }

    internal sealed class TimeoutList
    {
        private readonly CallTimeouts _owner;
        private readonly TimeSpan _limit;
        private readonly ITimer _timer;
        private MethodCall? _first;
        private MethodCall? _last;
        private bool _isArmed;

        public TimeoutList(CallTimeouts owner, TimeSpan limit)
        {
            (_owner, _limit) = (owner, limit);
            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
                _timer = owner.Time.CreateTimer(static s => ((TimeoutList)s!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Append(MethodCall call)
        {
            call.TimeoutList = this;
            call.SentAt = _owner.Time.GetTimestamp();
            call.EarlierCall = _last;
            if (_last is null)
                _first = call;
            else
                _last.LaterCall = call;
            _last = call;
            if (!_isArmed)
                Arm(_limit);
        }

        public void Unlink(MethodCall call)
        {
            if (call.EarlierCall is null)
                _first = call.LaterCall;
            else
                call.EarlierCall.LaterCall = call.LaterCall;
            if (call.LaterCall is null)
                _last = call.EarlierCall;
            else
                call.LaterCall.EarlierCall = call.EarlierCall;
            call.EarlierCall = call.LaterCall = null;
            call.TimeoutList = null;
        }

        public void Stop() => _timer.Dispose();

        private void OnTimer()
        {
            foreach (var call in TakeExpired())
                call.TimeOut(_limit);
        }

        private List<MethodCall> TakeExpired()
        {
            var expired = new List<MethodCall>();
            lock (_owner._lock)
            {
                _isArmed = false;
                while (_first is { } call && RemainingOf(call) <= TimeSpan.Zero)
                {
                    Unlink(call);
                    expired.Add(call);
                }

                if (_first is { } next)
                    Arm(RemainingOf(next));
            }

            return expired;
        }

        private TimeSpan RemainingOf(MethodCall call) => _limit - _owner.Time.GetElapsedTime(call.SentAt);

        private void Arm(TimeSpan wait)
        {
            _isArmed = true;

            // Rounded up: timers of the base library count whole milliseconds and may fire just before the limit.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeProvider Time => time;
}
