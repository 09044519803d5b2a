namespace PgCdc.Events;

/// <summary>
/// A place in a source's log below which everything may be forgotten, cumulative per detector. Only the detector that made it reads it:
/// an LSN (<c>0/16B3748</c>), a binlog position or GTID set, a resume token.
/// </summary>
/// <param name="Value">The detector's own text.</param>
public readonly record struct Position(string Value)
{
    /// <summary>Whether nothing is known yet.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
