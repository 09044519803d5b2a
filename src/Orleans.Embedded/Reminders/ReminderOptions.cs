namespace Orleans.Hosting;

/// <summary>Bounds of reminders.</summary>
public sealed class ReminderOptions
{
    /// <summary>Shortest period of a reminder. Default 1 minute; a test may lower it.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
