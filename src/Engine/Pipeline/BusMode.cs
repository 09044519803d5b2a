namespace PgCdc.Engine.Pipeline;

/// <summary>What happens when an adapter has no credit left.</summary>
public enum BusMode
{
    /// <summary>The events are dropped for that adapter, counted, and count as acked.</summary>
    Fast,

    /// <summary>The source waits.</summary>
    Reliable,
}
