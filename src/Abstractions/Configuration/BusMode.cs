namespace PgCdc.Configuration;

/// <summary>What happens to events for an adapter that does not keep up.</summary>
public enum BusMode
{
    /// <summary>They are dropped for that adapter, and counted.</summary>
    Fast,

    /// <summary>The source waits; nothing is dropped.</summary>
    Reliable,
}
