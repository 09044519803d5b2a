using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>Keeps reminders as long as the cluster lives.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderRecord> _records = new();

    public Task<IReadOnlyList<ReminderRecord>> ReadAllAsync() => Task.FromResult<IReadOnlyList<ReminderRecord>>([.. _records.Values]);

    public Task WriteAsync(ReminderRecord record)
    {
        _records[(record.Grain, record.Name)] = record;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(GrainId grain, string name)
    {
        _records.TryRemove((grain, name), out _);
        return Task.CompletedTask;
    }
}
