using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>A place in PostgreSQL's write-ahead log. Its text, which is also that of the detector's positions, is the server's own: <c>16/B374D848</c>.</summary>
internal readonly record struct Lsn(ulong Value) : IComparable<Lsn>
{
    /// <summary>No place: the server's "invalid" position.</summary>
    public static Lsn None => default;

    public Position Position => new(ToString());

    /// <exception cref="FormatException">The text is no place in a log.</exception>
    public static Lsn Parse(string text) => new(LogSequenceNumber.Parse(text));

    public int CompareTo(Lsn other) => Value.CompareTo(other.Value);

    public override string ToString() => LogSequenceNumber.Format(Value);

    public static bool operator <(Lsn left, Lsn right) => left.Value < right.Value;

    public static bool operator >(Lsn left, Lsn right) => left.Value > right.Value;

    public static bool operator <=(Lsn left, Lsn right) => left.Value <= right.Value;

    public static bool operator >=(Lsn left, Lsn right) => left.Value >= right.Value;
}
