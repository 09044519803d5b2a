namespace PgCdc.Events;

/// <summary>What the source sent of a row as it was before.</summary>
public enum OldTuple : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The columns of the replica identity only; the other columns of the tuple are meaningless.</summary>
    Key,

    /// <summary>The whole row (REPLICA IDENTITY FULL).</summary>
    Full,
}
