using PgCdc.Connectors.Detectors.Wal.Decoding;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Assembly;

/// <summary>The transaction whose changes are arriving.</summary>
internal sealed class OpenTransaction
{
    private const int Nothing = -1;
    private const int Everything = int.MaxValue;
    private readonly int _skipThrough;

    public OpenTransaction(Lsn walStart, in BeginMessage begin, AssemblySettings settings)
    {
        Begin = begin;
        BeginLsn = walStart;
        UnixMs = PostgresTime.UnixMs(begin.CommitTimeTicks);
        Key = EventId.TransactionKey(settings.SystemIdentifier, settings.DatabaseOid, begin.CommitLsn.Value, begin.Xid);
        _skipThrough = SkipThrough(settings.Delivered.Last, begin.CommitLsn.Value);
        HasBegun = _skipThrough != Nothing;
    }

    public BeginMessage Begin { get; }

    /// <summary>Place that the server named with the Begin message.</summary>
    public Lsn BeginLsn { get; }

    public long UnixMs { get; }

    /// <summary>What the ids of the transaction's events are made from.</summary>
    public UInt128 Key { get; }

    /// <summary>Row changes so far, as the server sent them.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Whether any row change is one that the run may see, given out now or on an earlier connection.</summary>
    public bool IsVisible { get; private set; }

    /// <summary>Whether an earlier batch, of this connection or another, holds events of the transaction.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Counts a row change.</summary>
    public int NextOrdinal() => checked(++Ordinal);

    public void MakeVisible() => IsVisible = true;

    /// <summary>Whether the event at an ordinal was given out before this connection.</summary>
    public bool WasDelivered(int ordinal) => ordinal <= _skipThrough;

    /// <summary>
    /// The server sends a transaction again from its first change. Those with an earlier commit record were given out whole; that of the last
    /// event up to it.
    /// </summary>
    private static int SkipThrough(SortKey last, ulong commitLsn)
    {
        if (commitLsn > last.CommitLsn)
            return Nothing;

        return commitLsn == last.CommitLsn ? last.Ordinal : Everything;
    }
}
