using BenchmarkDotNet.Attributes;
using PgCdc.Events;
using PgCdc.TestKit.Events;

namespace PgCdc.Micro.Events;

/// <summary>Collecting events of eight columns into full batches, per event.</summary>
public class EventBatchBuilderBenchmarks
{
    private readonly byte[] _tuple = TupleBytes.Of(SampleTables.WideRow(1));
    private readonly RelationSchema _table = SampleTables.Wide();
    private readonly EventBatchBuilder _builder = new("wal_replication");
    private readonly UInt128 _transaction = EventId.TransactionKey(7_000_000_000_000_000_001, 16_384, 0x16B3748, 771);

    [Benchmark(OperationsPerInvoke = EventBatchBuilder.MaxEvents)]
    public int BuildAndRelease()
    {
        for (var ordinal = 1; ordinal <= EventBatchBuilder.MaxEvents; ordinal++)
            Add(ordinal);

        var batch = _builder.Build();
        var count = batch.Count;
        batch.Release();
        return count;
    }

    private void Add(int ordinal) => _builder.Add(new EventHeader
    {
        Id = EventId.Of(_transaction, ordinal, 0, 1_770_113_472_345),
        CreatedAtTicks = DateTime.UnixEpoch.Ticks,
        Channel = _builder.Channel(_table.Channel),
        Schema = _builder.Schema(_table),
        Transaction = -1,
        Ordinal = ordinal,
        Offset = _builder.Append(_tuple),
        Length = _tuple.Length,
        Operation = Operation.Insert,
    });
}
