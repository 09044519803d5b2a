namespace Orleans.Embedded.Scheduling;

/// <summary>Decides when and on which thread a queue with waiting turns runs them. The seam of deterministic simulation.</summary>
internal interface ITurnDispatcher
{
    /// <summary>Sees to it that <see cref="TurnQueue.RunTurns"/> of the queue is called. A queue asks once until it has run dry.</summary>
    void Dispatch(TurnQueue queue);

    /// <summary>True when answers are handed to <see cref="Defer"/>; false when they reach the caller at once.</summary>
    bool DefersAnswers { get; }

    /// <summary>Runs an action that completes what somebody waits for, on no activation's queue.</summary>
    void Defer(Action action);
}
