using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer fires and how its callback relates to other requests.</summary>
#pragma warning disable CA1815 // The shape of the Orleans type.
public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) => (DueTime, Period) = (dueTime, period);

    /// <summary>Time to the first callback; <see cref="Timeout.InfiniteTimeSpan"/> means not started.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a callback to the next; <see cref="Timeout.InfiniteTimeSpan"/> means once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Callbacks may interleave with requests and other timers. Default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Callbacks count as use and keep the activation from being collected. Default false.</summary>
    public bool KeepAlive { get; init; }
}
