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
}
