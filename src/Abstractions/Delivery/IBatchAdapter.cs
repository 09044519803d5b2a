using PgCdc.Events;

namespace PgCdc.Delivery;

/// <summary>Delivers whole batches.</summary>
public interface IBatchAdapter : IAdapter
{
    /// <summary>
    /// Delivers the events of a view in order; called for one batch at a time. The caller holds a lease for the length of the call.
    /// After an error the same batch is given again.
    /// </summary>
    /// <exception cref="Errors.DeliveryException">The batch was not delivered; the disposition tells what to do.</exception>
    ValueTask FlushAsync(EventBatch batch, CancellationToken cancellationToken);
}
