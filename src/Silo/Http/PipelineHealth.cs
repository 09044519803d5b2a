using PgCdc.Engine.Diagnostics;

namespace PgCdc.Silo.Http;

/// <summary>
/// Health of the one pipeline of a process, read from its status when somebody asks: nothing has to be reported while nobody does, and
/// what is shown is what the grains know at that moment.
/// </summary>
internal static class PipelineHealth
{
    /// <summary>Brings health up to date with the pipeline's status.</summary>
    public static void Refresh(Health health, PipelineStatusView pipeline)
    {
        var isRunning = pipeline.Status is "running" or "stopping";
        health.IsReady = pipeline.Status == "running";
        Set(health.Component("detector"), isRunning, pipeline.Error, pipeline.SourceProblem);
        Set(health.Component("bus"), isRunning, pipeline.Error, pipeline.CheckpointProblem);
        foreach (var adapter in pipeline.Adapters)
        {
            Set(health.Component(adapter.Name), isRunning && adapter.Status != "down", adapter.Error, adapter.Error);
        }
    }

    private static void Set(HealthComponent component, bool works, string? error, string? problem)
    {
        if (!works)
        {
            component.Down(error);
        }
        else if (problem is not null)
        {
            component.Degraded(problem);
        }
        else
        {
            component.Up();
        }
    }
}
