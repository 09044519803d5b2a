using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>One reminder: due at <paramref name="FirstTick"/> and then every <paramref name="Period"/>.</summary>
public sealed record ReminderRecord(GrainId Grain, string Name, DateTimeOffset FirstTick, TimeSpan Period);
