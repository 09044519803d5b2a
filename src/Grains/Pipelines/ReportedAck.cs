using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Pipelines;

/// <summary>Gives an adapter's report to the run.</summary>
internal static class ReportedAck
{
    public static void Apply(AckReport report, PipelineRun run, AdapterProblems problems)
    {
        problems.Set(report.Adapter, report.Problem);
        run.Acked(report.Adapter, report.Incarnation, report.AckedBelow);
        if (report.Health is AdapterHealth.Broken)
            run.Broken(report.Adapter, report.Incarnation);
        else if (report.Health is AdapterHealth.Halted)
            run.Fail(new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Halt, report.Problem ?? $"Adapter '{report.Adapter}' stopped."));
    }
}
