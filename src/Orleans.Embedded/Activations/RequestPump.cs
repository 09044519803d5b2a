using Orleans.Embedded.Calls;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Activations;

/// <summary>
/// Admits the requests of one activation: one at a time, except where the interleaving rules allow more. Requests arrive on
/// any thread; they start and end on the turn queue, each start a turn of its own.
/// </summary>
internal sealed class RequestPump(TurnQueue turns, bool isReentrant, Action<GrainCall> onEnded, Action onDrained) : IRequestEnd
{
    private readonly Lock _lock = new();
    private readonly List<GrainCall> _waiting = [];
    private readonly List<GrainCall> _running = [];
    private object? _target;
    private int _interleavableWaiting;
    private Phase _phase = Phase.Holding;
    private bool _isStartPosted;

    private enum Phase
    {
        Holding,
        Open,
        Draining,
        Drained,
        Closed,
    }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0 && _running.Count == 0;
        }
    }

    /// <summary>False when the pump is closed and the call must look for another activation.</summary>
    public bool TryReceive(GrainCall call)
    {
        lock (_lock)
        {
            if (_phase == Phase.Closed)
                return false;
            _waiting.Add(call);
            if (MayInterleave(call))
                _interleavableWaiting++;
            PostStartIfPossible();
            return true;
        }
    }

    /// <summary>Begins to admit requests to the target.</summary>
    public void Open(object target)
    {
        lock (_lock)
        {
            _target = target;
            if (_phase == Phase.Holding)
                _phase = Phase.Open;
            PostDrainedIfDone();
            PostStartIfPossible();
        }
    }

    /// <summary>Admits no more requests; when the running ones have ended, <c>onDrained</c> runs as a turn.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            if (_phase is not (Phase.Holding or Phase.Open))
                return;
            _phase = Phase.Draining;
            PostDrainedIfDone();
        }
    }

    /// <summary>Refuses requests from now on and hands out those that have not started and those that have not ended.</summary>
    public (GrainCall[] Waiting, GrainCall[] Running) Close()
    {
        lock (_lock)
        {
            _phase = Phase.Closed;
            var calls = (_waiting.ToArray(), _running.ToArray());
            _waiting.Clear();
            _running.Clear();
            _interleavableWaiting = 0;
            return calls;
        }
    }

    public void OnEnded(GrainCall call)
    {
        onEnded(call);
        lock (_lock)
        {
            _running.Remove(call);
            PostDrainedIfDone();
            PostStartIfPossible();
        }
    }

    private void StartNext()
    {
        GrainCall call;
        lock (_lock)
        {
            _isStartPosted = false;
            var next = FindAdmissible();
            if (next < 0)
                return;
            call = _waiting[next];
            _waiting.RemoveAt(next);
            if (MayInterleave(call))
                _interleavableWaiting--;
            _running.Add(call);
            PostStartIfPossible();
        }

        if (call.IsAbandoned)
            OnEnded(call);
        else
            call.Run(_target!, this);
    }

    /// <summary>Index of the first waiting call that may start, or -1. A long queue of plain calls is not searched.</summary>
    private int FindAdmissible()
    {
        if (_phase != Phase.Open || (_running.Count > 0 && _interleavableWaiting == 0 && _running.Exists(static call => !call.IsAlwaysInterleave)))
            return -1;
        return _waiting.FindIndex(MayStart);
    }

    private bool MayInterleave(GrainCall call) => isReentrant || call.IsAlwaysInterleave || call.IsReadOnly;

    private bool MayStart(GrainCall call)
    {
        if (isReentrant || call.IsAlwaysInterleave)
            return true;
        foreach (var running in _running)
        {
            if (!running.IsAlwaysInterleave && !(running.IsReadOnly && call.IsReadOnly))
                return false;
        }

        return true;
    }

    private void PostStartIfPossible()
    {
        if (_isStartPosted || _waiting.Count == 0 || FindAdmissible() < 0)
            return;
        _isStartPosted = true;
        turns.Post(static state => ((RequestPump)state!).StartNext(), this);
    }

    private void PostDrainedIfDone()
    {
        // Before Open the target is still being activated: that is a request of its own which has to end first.
        if (_phase != Phase.Draining || _running.Count > 0 || _target is null)
            return;
        _phase = Phase.Drained;
        turns.Post(static state => ((Action)state!)(), onDrained);
    }
}
