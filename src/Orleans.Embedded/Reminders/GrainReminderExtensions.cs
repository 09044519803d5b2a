using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>How a grain registers its reminders.</summary>
public static class GrainReminderExtensions
{
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentNullException.ThrowIfNull(grain);
        if (grain is not IRemindable)
            throw new InvalidOperationException($"Grain {grain} is not '{nameof(IRemindable)}'. A grain should implement {nameof(IRemindable)} to use the persistent reminder service");
        var activation = (Activation)grain.GrainContext;
        return activation.Silo.Cluster.Reminders.RegisterAsync(activation, reminderName, dueTime, period);
    }

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(reminder);
        var activation = (Activation)grain.GrainContext;
        return activation.Silo.Cluster.Reminders.UnregisterAsync(activation.Silo, activation.GrainId, reminder.ReminderName);
    }

    public static async Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return (await grain.GetReminders()).Find(reminder => reminder.ReminderName == reminderName);
    }

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var activation = (Activation)grain.GrainContext;
        return Orleans.Embedded.Reminders.ReminderService.ReadAsync(activation.Silo, activation.GrainId);
    }
}
