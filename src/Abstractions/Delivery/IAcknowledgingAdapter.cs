namespace PgCdc.Delivery;

/// <summary>A pull-type adapter: its readers, not the end of a flush, decide when events are acked.</summary>
public interface IAcknowledgingAdapter : IBatchAdapter
{
    /// <summary>Gives the adapter the way to ack: everything below a sequence, cumulative. Called once, before the first flush.</summary>
    void Attach(Action<long> ackBelow);
}
