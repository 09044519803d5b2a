namespace PgCdc.Delivery;

/// <summary>Whether an adapter may be relieved of events when the source is in danger.</summary>
public enum AdapterPriority
{
    /// <summary>Never.</summary>
    Critical,

    /// <summary>At the worst.</summary>
    Normal,

    /// <summary>First.</summary>
    BestEffort,
}

/// <summary>An adapter that names its own priority.</summary>
public interface IPrioritized
{
    /// <summary>The priority.</summary>
    AdapterPriority Priority { get; }
}
