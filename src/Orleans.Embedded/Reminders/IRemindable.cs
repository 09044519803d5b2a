using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that can be reminded, also after it was deactivated or its silo died.</summary>
public interface IRemindable : IGrain
{
    Task ReceiveReminder(string reminderName, TickStatus status);
}
