namespace PgCdc.Engine.Delivery;

/// <summary>Where an adapter's run sends its reports: the pipeline's grain.</summary>
public interface IAdapterReports
{
    Task ReportAsync(AdapterReport report, CancellationToken cancellationToken);
}
