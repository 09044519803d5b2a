namespace PgCdc.Engine.Delivery;

/// <summary>What an adapter says to a delivery.</summary>
public enum DeliveryOutcome : byte
{
    /// <summary>Taken, or taken before.</summary>
    Accepted,

    /// <summary>The adapter is another incarnation than the sender thinks, or has none: open it and send again from the last ack.</summary>
    Reopen,

    /// <summary>A newer run of the pipeline owns the adapter.</summary>
    StaleEpoch,
}

/// <summary>Answer of an adapter: whether the batch was taken and how far it has acked.</summary>
/// <param name="Outcome">What became of the call.</param>
/// <param name="Incarnation">The adapter's incarnation.</param>
/// <param name="AckedBelow">Everything below this sequence is acked by this incarnation.</param>
public readonly record struct DeliveryReceipt(DeliveryOutcome Outcome, long Incarnation, long AckedBelow);
