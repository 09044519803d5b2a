using Xunit;

namespace PgCdc.TestKit.Time;

/// <summary>
/// Runs asynchronous code on the calling thread with virtual time. Which of the ready tasks goes on is drawn from the seed, so a seed is one
/// interleaving, the same every time. Time moves only when nothing is ready. Abandoning a run is a crash at an await.
/// </summary>
public sealed class Simulation(int seed, FakeTimeProvider? time = null) : TaskScheduler
{
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly List<Task> _ready = [];
    private readonly Random _random = new(seed);

    public FakeTimeProvider Time { get; } = time ?? new FakeTimeProvider();

    public Random Random => _random;

    /// <summary>Runs work to its end.</summary>
    public void Run(Func<Task> work) => Assert.True(Run(work, int.MaxValue), "the work came to an end");

    /// <summary>Runs work to its end, or so many steps and no further, as when the process dies.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Run(Func<Task> work, int steps)
    {
        // Awaits shall come back to this scheduler, not to the test framework's context.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Pump(Start(work), steps);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public Task Start(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Waits, in virtual time, until something is true.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = Time.Elapsed + TimeSpan.FromMinutes(10);
        while (!condition())
        {
            if (Time.Elapsed > deadline)
                throw new TimeoutException($"Did not come within ten minutes of virtual time (seed {seed}): {what}.");

            await Task.Delay(TimeSpan.FromMilliseconds(1), Time);
        }
    }

    public Task DelayAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Time);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _ready];
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
            _ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private bool Pump(Task work, int steps)
    {
        while (!work.IsCompleted)
        {
            if (steps-- == 0)
                return false;

            if (TakeReady() is { } ready)
                TryExecuteTask(ready);
            else if (!Time.AdvanceToNextTimer())
                throw new InvalidOperationException($"Everything waits for something that never comes (seed {seed}).");
            else if (Time.Elapsed > s_limit)
                throw new TimeoutException($"No end within {s_limit} of virtual time (seed {seed}).");
        }

        work.GetAwaiter().GetResult();
        return true;
    }

    private Task? TakeReady()
    {
        lock (_gate)
        {
            if (_ready.Count == 0)
                return null;

            var index = _random.Next(_ready.Count);
            var task = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return task;
        }
    }
}
