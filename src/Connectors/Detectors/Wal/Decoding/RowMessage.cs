using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>A changed row: tuples as received, valid until the next message is read.</summary>
internal readonly ref struct RowMessage
{
    public required Operation Operation { get; init; }

    public required Relation Relation { get; init; }

    public OldTuple Old { get; init; }

    public ReadOnlySpan<byte> OldTuple { get; init; }

    public ReadOnlySpan<byte> NewTuple { get; init; }

    public int Length => OldTuple.Length + NewTuple.Length;
}
