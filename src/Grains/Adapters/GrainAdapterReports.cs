using PgCdc.Engine.Delivery;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Adapters;

/// <summary>Sends an adapter's reports to its pipeline grain.</summary>
internal sealed class GrainAdapterReports(IPipelineGrain pipeline) : IAdapterReports
{
    public Task ReportAsync(AdapterReport report, CancellationToken cancellationToken) => pipeline.ReportAckAsync(new AckReport
    {
        Adapter = report.Adapter,
        Epoch = report.Epoch,
        Incarnation = report.Incarnation,
        AckedBelow = report.AckedBelow,
        Health = Health(report.Condition),
        Problem = report.Problem,
    }).WaitAsync(cancellationToken);

    private static AdapterHealth Health(AdapterCondition condition) => condition switch
    {
        AdapterCondition.Running => AdapterHealth.Running,
        AdapterCondition.Retrying => AdapterHealth.Retrying,
        AdapterCondition.Broken => AdapterHealth.Broken,
        _ => AdapterHealth.Halted,
    };
}
