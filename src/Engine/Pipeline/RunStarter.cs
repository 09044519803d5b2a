namespace PgCdc.Engine.Pipeline;

/// <summary>
/// Starts the work of a run off the caller's scheduler: the one place where Engine and Grains leave it. Simulation gives its own scheduler.
/// </summary>
/// <param name="scheduler">Where runs live; the thread pool in production.</param>
public sealed class RunStarter(TaskScheduler scheduler)
{
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
}
