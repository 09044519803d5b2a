namespace PgCdc.Events;

/// <summary>How the bytes of an event in its batch's buffer are to be read.</summary>
public enum EventContent : byte
{
    /// <summary>Tuples (<see cref="TupleReader"/>) described by a <see cref="RelationSchema"/>; either may be absent.</summary>
    Tuples,

    /// <summary>The payload as compact JSON, kept as it stands.</summary>
    Json,
}
