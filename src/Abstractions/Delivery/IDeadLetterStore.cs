namespace PgCdc.Delivery;

/// <summary>Takes events that could not be delivered. Thread safe.</summary>
public interface IDeadLetterStore : IAsyncDisposable
{
    /// <summary>Records an event durably; only then may it be acked.</summary>
    /// <exception cref="Errors.DeliveryException">It was not recorded; the adapter waits.</exception>
    Task RecordAsync(DeadLetter letter, CancellationToken cancellationToken);
}
