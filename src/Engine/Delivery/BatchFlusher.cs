using Microsoft.Extensions.Logging;
using PgCdc.Delivery;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>Gives a batch to an adapter until it takes it, with full jitter between attempts. One batch at a time.</summary>
internal sealed class BatchFlusher(AdapterRunOptions options, IBatchAdapter adapter, AckReporter reporter, RunServices services)
{
    private readonly ILogger _log = services.Loggers.CreateLogger<BatchFlusher>();
    private readonly FullJitter _jitter = new(options.RetryBase, options.RetryCap, services.Fork());

    /// <exception cref="DeliveryException">The adapter refuses for good.</exception>
    public async Task FlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var retried = false;
        while (!await TryFlushAsync(batch, cancellationToken))
            retried = true;

        if (retried)
            Recovered();
    }

    private async Task<bool> TryFlushAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        try
        {
            await adapter.FlushAsync(batch, cancellationToken);
            services.Metrics.BatchFlushed(options.Adapter, batch.Count, services.Time.GetElapsedTime(started));
            services.Metrics.EventsDelivered(options.Adapter, batch.Count);
            return true;
        }
        catch (DeliveryException error) when (error.Disposition is Disposition.Retry)
        {
            services.Metrics.BatchFlushFailed(options.Adapter, batch.Count, services.Time.GetElapsedTime(started));
            await WaitToRetryAsync(error, cancellationToken);
            return false;
        }
    }

    private async Task WaitToRetryAsync(DeliveryException error, CancellationToken cancellationToken)
    {
        var wait = error.RetryAfter ?? _jitter.Next();
        Log.DeliveryRetried(_log, options.Pipeline, options.Adapter, error.Message, (long)wait.TotalMilliseconds);
        reporter.Condition(AdapterCondition.Retrying, error.Message);
        await Task.Delay(wait, services.Time, cancellationToken);
    }

    private void Recovered()
    {
        _jitter.Reset();
        Log.DeliveryRecovered(_log, options.Pipeline, options.Adapter);
        reporter.Condition(AdapterCondition.Running, null);
    }
}
