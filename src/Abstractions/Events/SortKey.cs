namespace PgCdc.Events;

/// <summary>
/// Total order of events of a source that has one: the commit record's place, then the number of the change in its transaction.
/// (0,0) sorts before every event and means "nothing yet".
/// </summary>
/// <param name="CommitLsn">Place of the commit record.</param>
/// <param name="Ordinal">Number of the row change in the transaction, from 1; markers: 0 for BEGIN, <see cref="int.MaxValue"/> for COMMIT.</param>
public readonly record struct SortKey(ulong CommitLsn, int Ordinal) : IComparable<SortKey>
{
    /// <inheritdoc/>
    public int CompareTo(SortKey other)
    {
        var byCommit = CommitLsn.CompareTo(other.CommitLsn);
        return byCommit != 0 ? byCommit : Ordinal.CompareTo(other.Ordinal);
    }

    /// <summary>Whether the left key comes before the right one.</summary>
    public static bool operator <(SortKey left, SortKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key comes after the right one.</summary>
    public static bool operator >(SortKey left, SortKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not come after the right one.</summary>
    public static bool operator <=(SortKey left, SortKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not come before the right one.</summary>
    public static bool operator >=(SortKey left, SortKey right) => left.CompareTo(right) >= 0;
}
