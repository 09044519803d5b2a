using Microsoft.Extensions.Logging;
using PgCdc.Engine.Delivery;
using PgCdc.Errors;

namespace PgCdc.Engine.Pipeline;

/// <summary>
/// Sends the batches of one feed to its adapter, in order, one call at a time. A failed call is made again: deliveries are idempotent. When the
/// adapter turns out to be another incarnation, everything unacked is sent again from the last ack.
/// </summary>
internal sealed class FeedSender(AdapterFeed feed, IAdapterPort port, PipelineRunOptions options, RunServices services, Action acked)
{
    private static readonly TimeSpan s_retryBase = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_retryCap = TimeSpan.FromSeconds(5);

    private readonly FullJitter _calling = new(s_retryBase, s_retryCap, services.Fork());
    private readonly FullJitter _reopening = new(s_retryBase, s_retryCap, services.Fork());
    private readonly ILogger _log = services.Loggers.CreateLogger<FeedSender>();
    private volatile bool _mustReopen;
    private volatile bool _mustProbe;
    private long _ackedAtReopening;

    /// <summary>Why the adapter does not answer or cannot be opened; null while it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>The adapter's incarnation broke; it is opened again.</summary>
    public void Broken(long incarnation)
    {
        if (incarnation != feed.Incarnation)
            return;

        _mustReopen = true;
        feed.Work.Set();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.UnsafeRegister(static state => ((AdapterFeed)state!).Wake(), feed);
        using var probe = services.Time.CreateTimer(_ => AskForProbe(), null, options.ProbeInterval, options.ProbeInterval);
        await OpenAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_mustReopen)
                await ReopenAsync(cancellationToken);
            else if (feed.TakeNext() is { } entry)
                await DeliverAsync(entry, cancellationToken);
            else if (_mustProbe)
                await ProbeAsync(cancellationToken);
            else
                await feed.Work.WaitAsync();
        }
    }

    private void AskForProbe()
    {
        if (feed.IsIdle)
            return;

        _mustProbe = true;
        feed.Work.Set();
    }

    private async Task DeliverAsync(FeedEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await UntilAnsweredAsync(ct => port.DeliverAsync(entry.Batch, entry.From, feed.Incarnation, ct), cancellationToken);
        }
        finally
        {
            entry.Batch.Release();
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        _mustProbe = false;
        await UntilAnsweredAsync(ct => port.ProbeAsync(options.Epoch, feed.Incarnation, ct), cancellationToken);
    }

    /// <summary>Waits longer each time while incarnations end without having acked anything.</summary>
    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        var acked = feed.AckedBelow;
        if (acked > _ackedAtReopening)
            _reopening.Reset();

        _ackedAtReopening = acked;
        await Task.Delay(_reopening.Next(), services.Time, cancellationToken);
        await OpenAsync(cancellationToken);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _mustReopen = false;
        var first = feed.ResendFrom(incarnation: 0);
        await UntilAnsweredAsync(ct => port.OpenAsync(options.Epoch, first, ct), cancellationToken);
    }

    private async Task UntilAnsweredAsync(Func<CancellationToken, Task<DeliveryReceipt>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Handle(await call(cancellationToken));
                Problem = null;
                _calling.Reset();
                return;
            }
            catch (Exception error) when (IsPassing(error, cancellationToken))
            {
                Problem = error.Message;
                Log.AdapterUnreachable(_log, options.Pipeline, feed.Name, error.Message);
                await Task.Delay(_calling.Next(), services.Time, cancellationToken);
            }
        }
    }

    /// <summary>Errors of the way to the adapter pass; what the adapter or the system itself says for good does not.</summary>
    private static bool IsPassing(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is not DeliveryException { Disposition: Disposition.Halt } and not ConfigurationException and not CheckpointException;

    private void Handle(DeliveryReceipt receipt)
    {
        switch (receipt.Outcome)
        {
            case DeliveryOutcome.StaleEpoch:
                throw new CheckpointException(
                    ErrorCode.StaleEpoch, $"Adapter '{feed.Name}' serves a newer run than epoch {options.Epoch}; this run stops.");
            case DeliveryOutcome.Reopen:
                _mustReopen = true;
                break;
            default:
                Accepted(receipt);
                break;
        }
    }

    private void Accepted(DeliveryReceipt receipt)
    {
        if (feed.Incarnation == 0)
            feed.ResendFrom(receipt.Incarnation);

        if (feed.Acked(receipt.Incarnation, receipt.AckedBelow))
            acked();
    }
}
