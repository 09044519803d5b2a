using System.Buffers.Binary;
using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Connectors.Detectors.Wal.Assembly;
using PgCdc.Connectors.Detectors.Wal.Decoding;
using PgCdc.Connectors.Tests.Detectors.Wal;
using PgCdc.Events;

namespace PgCdc.Micro.Decoding;

/// <summary>pgoutput messages of one transaction to one full batch, again and again; measured by the benchmark and by the budget's test.</summary>
internal sealed class DecoderLap
{
    public const int Events = EventBatchBuilder.MaxEvents;
    private const uint Table = 16_400;
    private const long Committed = 823_000_000_000_000;

    private readonly byte[] _begin = PgOutputWriter.Begin(0, Committed, 771);
    private readonly byte[] _commit = PgOutputWriter.Commit(0, 0, Committed);
    private readonly byte[] _row = PgOutputWriter.Insert(
        Table, ["100001", "5001", "SKU-4711-BLUE", "3", "19.99", "t", "2026-02-03 10:11:12.345678+00", "leave it at the door, please"]);

    private readonly PgOutputDecoder _decoder;
    private readonly BatchAssembler _assembler;
    private ulong _lsn = 0x16B3748;

    public DecoderLap()
    {
        _assembler = new BatchAssembler(new AssemblySettings { SystemIdentifier = 7_000_000_000_000_000_001, DatabaseOid = 16_384, Lineage = "7000000000000000001/1" }, Take);
        _decoder = new PgOutputDecoder(new RelationCache(published: false), _assembler);
        Apply(PgOutputWriter.Relation(
            Table, "public", "order_items", 'd', ("id", 20, true), ("order_id", 20, false), ("sku", 25, false), ("quantity", 23, false),
            ("price", 1700, false), ("shipped", 16, false), ("created_at", 1184, false), ("comment", 25, false)));
    }

    /// <summary>Events given out so far.</summary>
    public int Given { get; private set; }

    public void Run()
    {
        _lsn += 0x10000;
        BinaryPrimitives.WriteUInt64BigEndian(_begin.AsSpan(1), _lsn);
        BinaryPrimitives.WriteUInt64BigEndian(_commit.AsSpan(2), _lsn);
        BinaryPrimitives.WriteUInt64BigEndian(_commit.AsSpan(10), _lsn + 0x30);
        Apply(_begin);
        for (var row = 0; row < Events; row++)
            Apply(_row);

        Apply(_commit);
        _assembler.Flush();
    }

    private void Apply(byte[] message) => _decoder.Apply(new Lsn(_lsn), message);

    private void Take(EventBatch batch)
    {
        Given += batch.Count;
        batch.Release();
    }
}
