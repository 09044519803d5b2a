namespace PgCdc.Engine.Diagnostics;

/// <summary>Health of the process at one moment; components by name.</summary>
public sealed record HealthReport(IReadOnlyList<ComponentHealth> Components)
{
    /// <summary>The worst state of a component; down while there is none, because then nothing runs.</summary>
    public HealthState Status => Components.Count == 0 ? HealthState.Down : Components.Max(component => component.State);
}
