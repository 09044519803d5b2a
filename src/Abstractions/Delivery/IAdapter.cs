namespace PgCdc.Delivery;

/// <summary>
/// Delivers change events to a destination. An adapter delivers and classifies its errors, nothing more: retry, limits, counting, dead
/// letters and acks belong to the middleware. An implementation also implements <see cref="IBatchAdapter"/>. Optional abilities are further
/// interfaces of this folder.
/// </summary>
public interface IAdapter : IAsyncDisposable
{
    /// <summary>Opens the destination.</summary>
    /// <exception cref="Errors.DeliveryException">The destination could not be opened.</exception>
    Task OpenAsync(CancellationToken cancellationToken);
}
