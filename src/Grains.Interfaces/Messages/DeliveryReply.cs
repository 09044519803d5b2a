
namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>What became of a delivery.</summary>
public enum DeliveryAnswer
{
    /// <summary>Taken, or taken before.</summary>
    Accepted,

    /// <summary>The adapter is another incarnation, or none: open it and send again from the last ack.</summary>
    Reopen,

    /// <summary>A newer run owns the adapter.</summary>
    StaleEpoch,

    /// <summary>The adapter could not be opened now; try again.</summary>
    Unavailable,

    /// <summary>The adapter cannot be opened until somebody mends the cause.</summary>
    Halted,
}

/// <summary>Answer of an adapter with the cumulative ack so far.</summary>
/// <param name="Answer">What became of the call.</param>
/// <param name="Incarnation">The adapter's incarnation.</param>
/// <param name="AckedBelow">Everything below this sequence is acked by this incarnation.</param>
/// <param name="Fault">Why, when the adapter could not be opened.</param>
[GenerateSerializer, Immutable, Alias("pgcdc.delivery-reply")]
public sealed record DeliveryReply(
    [property: Id(0)] DeliveryAnswer Answer,
    [property: Id(1)] long Incarnation,
    [property: Id(2)] long AckedBelow,
    [property: Id(3)] Fault? Fault = null);
