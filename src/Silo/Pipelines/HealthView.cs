using PgCdc.Engine.Diagnostics;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Silo.Pipelines;

/// <summary>Shows a pipeline's status as health of its components.</summary>
internal static class HealthView
{
    public static void Apply(PipelineStatus status, string detector, Health health, PgCdcMetrics metrics)
    {
        var runs = status.Condition is PipelineCondition.Running;
        health.IsReady = runs;
        Apply(health.Component(detector), runs, status.SourceProblem ?? status.Fault?.Message);
        Apply(health.Component("bus"), runs, status.CheckpointProblem);
        foreach (var adapter in status.Adapters)
        {
            Apply(health.Component(adapter.Name), runs, adapter.Problem);
            metrics.QueueDepth(adapter.Name, adapter.Unacked);
        }
    }

    private static void Apply(HealthComponent component, bool runs, string? problem)
    {
        if (!runs)
            component.Down(problem);
        else if (problem is not null)
            component.Degraded(problem);
        else
            component.Up();
    }
}
