namespace Orleans.Embedded.Scheduling;

/// <summary>
/// The scheduler of one activation: runs its turns one after another, in order, never two at a time. Code that awaits inside
/// a turn continues here because this is its <see cref="TaskScheduler.Current"/>.
/// </summary>
internal sealed class TurnQueue(ITurnDispatcher dispatcher) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Turns in a row before other activations get the thread.</summary>
    private const int MaxTurnsInARow = 64;

    private readonly Lock _lock = new();
    private readonly Queue<Task> _turns = new();
    private bool _dispatched;
    private bool _closed;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs waiting turns, at most <paramref name="limit"/>; asks for more time when some are left.</summary>
    public void RunTurns(int limit)
    {
        for (var turns = 0; turns < limit; turns++)
        {
            if (!TryTakeTurn(out var turn))
                return;
            TryExecuteTask(turn);
        }

        if (IsStillWaiting())
            dispatcher.Dispatch(this);
    }

    /// <summary>Starts an action as a turn, without the caller's execution context.</summary>
    public void Post(Action<object?> action, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            new Task(action, state).Start(this);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            new Task(action, state).Start(this);
    }

    /// <summary>Forgets all waiting turns; no further turn ever runs.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _turns.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => RunTurns(MaxTurnsInARow);

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _turns.Enqueue(task);
            if (_dispatched)
                return;
            _dispatched = true;
        }

        dispatcher.Dispatch(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && !Volatile.Read(ref _closed) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock)
            return [.. _turns];
    }

    private bool TryTakeTurn([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Task? turn)
    {
        lock (_lock)
        {
            if (_turns.TryDequeue(out turn))
                return true;
            _dispatched = false;
            return false;
        }
    }

    private bool IsStillWaiting()
    {
        lock (_lock)
            return _dispatched = _turns.Count > 0;
    }
}
