namespace PgCdc.Delivery;

/// <summary>A connector that can check its destination or source without moving an event.</summary>
public interface IValidateConnection
{
    /// <summary>Checks; returns when the connector could start.</summary>
    /// <exception cref="Errors.PgCdcException">What is wrong and what to do.</exception>
    Task ValidateConnectionAsync(CancellationToken cancellationToken);
}
