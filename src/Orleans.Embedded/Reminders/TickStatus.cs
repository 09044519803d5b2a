namespace Orleans.Runtime;

/// <summary>When a reminder was due first, how often it comes, and now. All times are UTC.</summary>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    public DateTime FirstTickTime { get; } = firstTickTime;

    public TimeSpan Period { get; } = period;

    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
