namespace PgCdc.Engine.Diagnostics;

/// <summary>How a component is, from good to bad.</summary>
public enum HealthState
{
    Up,

    /// <summary>Works on, but something is wrong that it tries to mend: it connects again, or delivers again.</summary>
    Degraded,

    /// <summary>Does not work: not started yet, or halted.</summary>
    Down,
}
