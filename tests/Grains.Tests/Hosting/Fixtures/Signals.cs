using System.Collections.Concurrent;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

/// <summary>Named events between grains and tests, so that nobody sleeps: counts, gates and an order of what happened.</summary>
public sealed class Signals
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Counter> _counters = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _journals = new();

    public void Hit(string name) => CounterOf(name).Hit();

    public int Count(string name) => CounterOf(name).Value;

    public async Task WaitForAsync(string name, int count = 1)
    {
        try
        {
            await CounterOf(name).ReachedAsync(count).WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{name}' was seen {Count(name)} times, not {count}, within {Limit}.");
        }
    }

    public Task GateAsync(string name) => GateOf(name).Task.WaitAsync(Limit);

    public void Open(string name) => GateOf(name).TrySetResult();

    public void Write(string journal, string entry) => _journals.GetOrAdd(journal, static _ => new()).Enqueue(entry);

    public string[] Read(string journal) => _journals.TryGetValue(journal, out var entries) ? [.. entries] : [];

    private Counter CounterOf(string name) => _counters.GetOrAdd(name, static _ => new Counter());

    private TaskCompletionSource GateOf(string name) =>
        _gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Hit()
        {
            lock (_lock)
            {
                _value++;
                foreach (var (_, reached) in _waiters.FindAll(waiter => waiter.Count <= _value))
                    reached.TrySetResult();
            }
        }

        public Task ReachedAsync(int count)
        {
            lock (_lock)
            {
                if (_value >= count)
                    return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiters.Add((count, reached));
                return reached.Task;
            }
        }
    }
}
