using System.Runtime.CompilerServices;

namespace PgCdc.Engine.Diagnostics;

/// <summary>
/// Named places where a crash hurts. Off, a hit costs one static read. On for a real process by the environment variable
/// <see cref="Variable"/>, for a test by <see cref="Arm"/>, which reaches only what the test itself starts.
/// </summary>
public static class Failpoint
{
    /// <summary><c>name[:n][:kill|throw|delay=50ms]</c>: at the n-th hit (1) of the name do that (kill).</summary>
    public const string Variable = "PGCDC_FAILPOINT";

    private static readonly AsyncLocal<FailpointScope?> Scope = new();
    private static readonly FailpointAction? FromEnvironment = FailpointAction.Parse(Environment.GetEnvironmentVariable(Variable));
    private static volatile bool s_on = FromEnvironment is not null;

    /// <summary>Marks the place; does nothing unless the name is armed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Hit(string name)
    {
        if (s_on)
            HitArmed(name);
    }

    /// <summary>Calls an action at every hit of a name in this logical flow, until disposed. The action may throw.</summary>
    public static IDisposable Arm(string name, Action action)
    {
        var scope = new FailpointScope(name, action, Scope.Value);
        Scope.Value = scope;
        s_on = true;
        return scope;
    }

    private static void HitArmed(string name)
    {
        FromEnvironment?.Hit(name);
        for (var scope = Scope.Value; scope is not null; scope = scope.Outer)
            scope.Hit(name);
    }
}
