using System.Diagnostics.CodeAnalysis;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Simulation;

/// <summary>Lets a seed choose which activation runs its next turn, on the one thread of the simulation.</summary>
internal sealed class SeededDispatcher(Random random) : ITurnDispatcher
{
    private readonly List<TurnQueue> _ready = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _wasLeft;

    public void Dispatch(TurnQueue queue)
    {
        // Work that came back from another thread has an order that no seed repeats.
        if (Thread.CurrentThread != _thread)
            _wasLeft = true;
        lock (_ready)
            _ready.Add(queue);
    }

    /// <summary>Takes one of the queues that have a turn to run.</summary>
    public bool TryTake([NotNullWhen(true)] out TurnQueue? queue)
    {
        ThrowIfLeft();
        lock (_ready)
        {
            queue = null;
            if (_ready.Count == 0)
                return false;
            var chosen = random.Next(_ready.Count);
            queue = _ready[chosen];
            _ready.RemoveAt(chosen);
            return true;
        }
    }

    private void ThrowIfLeft()
    {
        if (_wasLeft)
        {
            throw new InvalidOperationException(
                "A turn was scheduled from outside the simulation's thread, so the seed does not determine the order. "
                + "Simulated code must not use Task.Run, ConfigureAwait(false) or the system clock.");
        }
    }
}
