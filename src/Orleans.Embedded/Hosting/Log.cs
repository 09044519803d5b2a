using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Warning, "Grain {Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(5001, LogLevel.Warning, "Grain {Grain} failed while it was deactivated.")]
    public static partial void DeactivationFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(5002, LogLevel.Warning, "A timer callback of grain {Grain} failed; the timer goes on.")]
    public static partial void TimerFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(5003, LogLevel.Warning, "Reminder {Reminder} of grain {Grain} failed; it comes again after its period.")]
    public static partial void ReminderFailed(ILogger logger, string reminder, GrainId grain, Exception error);

    [LoggerMessage(5004, LogLevel.Error, "The reminders could not be read; the silo that takes them over next tries again.")]
    public static partial void RemindersUnreadable(ILogger logger, Exception error);
}
