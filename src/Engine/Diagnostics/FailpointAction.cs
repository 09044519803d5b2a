using System.Globalization;
using PgCdc.Engine.Files;

namespace PgCdc.Engine.Diagnostics;

/// <summary>What <see cref="Failpoint.Variable"/> asks for.</summary>
internal sealed class FailpointAction(string name, int at, string effect)
{
    private int _hits;

    public static FailpointAction? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        var parts = text.Split(':');
        var counted = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var at = counted ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        var effect = parts.ElementAtOrDefault(counted ? 2 : 1) ?? "kill";
        if (parts.Length > (counted ? 3 : 2) || at < 1 || !IsEffect(effect))
            throw new FormatException($"{Failpoint.Variable}: '{text}' is not name[:n][:kill|throw|delay=50ms].");

        return new FailpointAction(parts[0], at, effect);
    }

    public void Hit(string hit)
    {
        if (!string.Equals(hit, name, StringComparison.Ordinal) || Interlocked.Increment(ref _hits) != at)
            return;

        if (TryDelay(effect, out var delay))
            Block(delay);
        else if (effect == "kill")
            Kill();
        else
            throw new FailpointException(name);
    }

    private static bool IsEffect(string effect) => effect is "kill" or "throw" || TryDelay(effect, out _);

    private static bool TryDelay(string effect, out TimeSpan delay)
    {
        delay = default;
        if (!effect.StartsWith("delay=", StringComparison.Ordinal) || !effect.EndsWith("ms", StringComparison.Ordinal)
            || !int.TryParse(effect["delay=".Length..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return false;

        delay = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    /// <summary>A hit is a synchronous call, so the delay blocks, as the slow call that it stands for would.</summary>
    private static void Block(TimeSpan delay)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(delay);
    }

    private static void Kill()
    {
        _ = Libc.Kill(Environment.ProcessId, Libc.SigKill);
        Block(Timeout.InfiniteTimeSpan);
    }
}
