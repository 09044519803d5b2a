namespace Orleans.Embedded.Scheduling;

/// <summary>Runs the turns of different activations in parallel on the thread pool.</summary>
internal sealed class ThreadPoolTurnDispatcher : ITurnDispatcher
{
    public static readonly ThreadPoolTurnDispatcher Instance = new();

    private ThreadPoolTurnDispatcher()
    {
    }

    public bool DefersAnswers => false;

    public void Defer(Action action) => action();

    public void Dispatch(TurnQueue queue) => ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: true);
}
