namespace PgCdc.Configuration;

/// <summary>Implemented by the options of a detector whose source can keep a place for us between runs.</summary>
public interface IDurableSource
{
    /// <summary>Name of the place that outlives the connection, such as a persistent slot; null when nothing does.</summary>
    string? DurableName { get; }

    /// <summary>Whether the user demands that acknowledgements govern what is confirmed, so that no event may be dropped.</summary>
    bool DemandsAcks { get; }
}
