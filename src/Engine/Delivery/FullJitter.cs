namespace PgCdc.Engine.Delivery;

/// <summary>Waiting times between attempts: max(floor, random in [0, min(cap, base·2ⁿ))).</summary>
/// <param name="baseDelay">Upper bound of the first wait.</param>
/// <param name="cap">Upper bound of every wait.</param>
/// <param name="random">Source of randomness, used by one caller at a time.</param>
public sealed class FullJitter(TimeSpan baseDelay, TimeSpan cap, Random random)
{
    /// <summary>No wait is shorter than this.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(100);

    private int _attempt;

    public TimeSpan Next()
    {
        var bound = Math.Min(cap.TotalMilliseconds, baseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(_attempt++, 60)));
        return TimeSpan.FromMilliseconds(Math.Max(Floor.TotalMilliseconds, random.NextDouble() * bound));
    }

    /// <summary>Starts anew after something worked.</summary>
    public void Reset() => _attempt = 0;
}
