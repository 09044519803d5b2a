using System.Diagnostics.CodeAnalysis;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Simulation;

/// <summary>Lets a seed choose which activation runs its next turn, on the one thread of the simulation.</summary>
internal sealed class SeededDispatcher(Random random) : ITurnDispatcher
{
    private readonly List<Action> _ready = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _wasLeft;

    public bool DefersAnswers => true;

    public void Dispatch(TurnQueue queue) => Add(() => queue.RunTurns(limit: 1));

    /// <summary>An answer travels like a message: when it arrives is the seed's choice too.</summary>
    public void Defer(Action action) => Add(action);

    /// <summary>Takes one of the steps that can be done next.</summary>
    public bool TryTake([NotNullWhen(true)] out Action? step)
    {
        ThrowIfLeft();
        lock (_ready)
        {
            step = null;
            if (_ready.Count == 0)
                return false;
            var chosen = random.Next(_ready.Count);
            step = _ready[chosen];
            _ready.RemoveAt(chosen);
            return true;
        }
    }

    private void Add(Action step)
    {
        // Work that came back from another thread has an order that no seed repeats.
        if (Thread.CurrentThread != _thread)
            _wasLeft = true;
        lock (_ready)
            _ready.Add(step);
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
