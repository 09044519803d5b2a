using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>The timers of one activation; they end with it.</summary>
internal sealed class GrainTimers(Activation activation)
{
    private readonly Lock _lock = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private bool _isStopped;

    public IGrainTimer Register(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        GrainTimer.Validate(options.DueTime, options.Period);
        var timer = new GrainTimer(activation, callback, options);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopped, activation);
            _timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Remove(GrainTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    public void Stop()
    {
        GrainTimer[] timers;
        lock (_lock)
        {
            _isStopped = true;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.Dispose();
    }
}
