namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>Waits for what a cluster does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    public static Task AsTrue(Func<bool> condition, string what) => AsTrue(() => Task.FromResult(condition()), what);

    public static async Task AsTrue(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > s_limit)
                throw new TimeoutException($"Did not come within {s_limit}: {what}.");

            await Task.Delay(s_pause);
        }
    }
}
