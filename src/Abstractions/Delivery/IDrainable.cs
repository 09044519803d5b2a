namespace PgCdc.Delivery;

/// <summary>An adapter that holds accepted events back (a buffer, an upload) and can finish them when asked.</summary>
public interface IDrainable
{
    /// <summary>Finishes what was accepted, before the token's deadline.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
