namespace PgCdc.Scenarios.Processes;

/// <summary>Waits for what another process does: there is nothing to be told by, so it is asked again and again.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(25);

    /// <param name="what">Completes the sentence "did not come: ...".</param>
    /// <param name="condition">True ends the wait.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="because">More for the message of a timeout, such as a log.</param>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition, TimeSpan timeout, Func<string>? because = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > timeout)
                throw new TimeoutException($"Within {timeout.TotalSeconds} s did not come: {what}. {because?.Invoke()}");
            await Task.Delay(s_interval);
        }
    }

    public static Task HoldsAsync(string what, Func<bool> condition, TimeSpan timeout, Func<string>? because = null) =>
        HoldsAsync(what, () => Task.FromResult(condition()), timeout, because);

    /// <summary>Waits as long as something moves: how much there is to do, nobody knows.</summary>
    /// <param name="what">Completes the sentence "did not come: ...".</param>
    /// <param name="condition">True ends the wait.</param>
    /// <param name="progress">Changes while there is hope.</param>
    /// <param name="standstill">Longest wait without progress.</param>
    /// <param name="because">More for the message of a timeout, such as a log.</param>
    public static async Task HoldsAsync<T>(string what, Func<bool> condition, Func<T> progress, TimeSpan standstill, Func<string> because)
        where T : IEquatable<T>
    {
        var (seen, since) = (progress(), TimeProvider.System.GetTimestamp());
        while (!condition())
        {
            if (progress() is var now && !now.Equals(seen))
                (seen, since) = (now, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > standstill)
                throw new TimeoutException($"Nothing moved for {standstill.TotalSeconds} s, and still did not come: {what}. {because()}");
            await Task.Delay(s_interval);
        }
    }
}
