namespace PgCdc.Events;

/// <summary>What happened. The text on the wire is <see cref="OperationText.Of"/>.</summary>
public enum Operation : byte
{
    /// <summary>A row was inserted.</summary>
    Insert,

    /// <summary>A row was updated.</summary>
    Update,

    /// <summary>A row was deleted.</summary>
    Delete,

    /// <summary>A table was emptied; one event per table.</summary>
    Truncate,

    /// <summary>A transaction begins (marker).</summary>
    Begin,

    /// <summary>A transaction was committed (marker).</summary>
    Commit,
}
