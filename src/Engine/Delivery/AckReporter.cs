using Microsoft.Extensions.Logging;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>Sends an adapter's acks and condition to its pipeline, many acks in one report. Thread safe.</summary>
internal sealed class AckReporter(AdapterRunOptions options, IAdapterReports reports, RunServices services)
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _news = new();
    private readonly ILogger _log = services.Loggers.CreateLogger<AckReporter>();
    private AdapterReport _latest = new()
    {
        Adapter = options.Adapter,
        Epoch = options.Epoch,
        Incarnation = options.Incarnation,
        AckedBelow = 0,
        Condition = AdapterCondition.Running,
    };

    private AdapterReport? _sent;

    public AdapterReport Latest => Volatile.Read(ref _latest);

    public void Acked(long below) => Change(report => report with { AckedBelow = Math.Max(report.AckedBelow, below) });

    /// <summary>Broken and halted are final: a delivery that succeeds beside a failed sync must not make the incarnation look alive.</summary>
    public void Condition(AdapterCondition condition, string? problem) => Change(report =>
        report.Condition is AdapterCondition.Broken or AdapterCondition.Halted ? report : report with { Condition = condition, Problem = problem });

    public void Wake() => _news.Set();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await _news.WaitAsync();
            if (!IsUrgent())
                await Task.Delay(options.AckInterval, services.Time, cancellationToken);

            await SendAsync(cancellationToken);
        }
    }

    /// <summary>Sends what was not sent yet.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var report = Latest;
        if (report == _sent)
            return;

        try
        {
            await reports.ReportAsync(report, cancellationToken);
            _sent = report;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Reports are cumulative: the next one, or the answer to the pipeline's probe, says the same.
            Log.ReportNotSent(_log, options.Pipeline, options.Adapter, error.Message);
        }
    }

    private bool IsUrgent()
    {
        var latest = Latest;
        return _sent is null || latest.Condition != _sent.Condition || latest.AckedBelow - _sent.AckedBelow >= EventBatchBuilder.MaxEvents;
    }

    private void Change(Func<AdapterReport, AdapterReport> change)
    {
        lock (_gate)
            Volatile.Write(ref _latest, change(_latest));

        _news.Set();
    }
}
