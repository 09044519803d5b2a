namespace PgCdc.Delivery;

/// <summary>An adapter whose delivery is durable only after a further, slower step that serves many batches at once, such as fsync.</summary>
public interface ISyncAdapter : IBatchAdapter
{
    /// <summary>Makes everything that was flushed before the call durable. One call at a time; runs beside later flushes.</summary>
    /// <exception cref="Errors.DeliveryException">What was flushed may be lost; it is not acked.</exception>
    ValueTask SyncAsync(CancellationToken cancellationToken);
}
