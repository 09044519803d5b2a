using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>
/// Where reminders outlive the process. Register one in the services of the silo; the calls come one at a time per record
/// and have ended durably when their task ends.
/// </summary>
public interface IReminderStore
{
    Task<IReadOnlyList<ReminderRecord>> ReadAllAsync();

    Task WriteAsync(ReminderRecord record);

    Task RemoveAsync(GrainId grain, string name);
}
