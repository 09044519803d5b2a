using PgCdc.Engine.Delivery;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;

namespace PgCdc.TestKit.Pipeline;

/// <summary>Brings adapters' reports to a run, as its grain does.</summary>
public sealed class MemoryReports : IAdapterReports
{
    private readonly List<AdapterReport> _received = [];

    /// <summary>Runs before a report arrives; may fail (it is lost) or take its time.</summary>
    public Func<AdapterReport, Task>? Reporting { get; set; }

    public PipelineRun? Run { get; set; }

    public IReadOnlyList<AdapterReport> Received => _received;

    public async Task ReportAsync(AdapterReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (Reporting is { } reporting)
            await reporting(report).WaitAsync(cancellationToken);

        _received.Add(report);
        if (Run is not { } run || run.Epoch != report.Epoch)
            return;

        run.Acked(report.Adapter, report.Incarnation, report.AckedBelow);
        if (report.Condition is AdapterCondition.Broken)
            run.Broken(report.Adapter, report.Incarnation);
        else if (report.Condition is AdapterCondition.Halted)
            run.Fail(new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Halt, report.Problem!));
    }
}
