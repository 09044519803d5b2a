namespace PgCdc.Errors;

/// <summary>A destination did not take events.</summary>
public sealed class DeliveryException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    public DeliveryException(ErrorCode code, Disposition disposition, string message, Exception? innerException = null)
        : base(code, message, innerException) => Disposition = disposition;

    /// <summary>What to do.</summary>
    public Disposition Disposition { get; }

    /// <summary>Least time to wait before the next attempt, when the destination named one.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
