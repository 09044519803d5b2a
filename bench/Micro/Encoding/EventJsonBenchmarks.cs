using BenchmarkDotNet.Attributes;
using PgCdc.Engine.Encoding;
using PgCdc.Events;

namespace PgCdc.Micro.Encoding;

/// <summary>Tuples to JSON lines, per event of eight columns.</summary>
public class EventJsonBenchmarks
{
    private EventBatch _inserts = null!;
    private EventBatch _metadata = null!;
    private EventBatch _updates = null!;
    private EventBatch _nonAscii = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _inserts = SampleBatches.Inserts();
        _metadata = SampleBatches.Inserts(transactionMetadata: true);
        _updates = SampleBatches.FullUpdates();
        _nonAscii = SampleBatches.NonAsciiInserts();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = EventBatchBuilder.MaxEvents)]
    public int Insert() => Encode(_inserts);

    [Benchmark(OperationsPerInvoke = EventBatchBuilder.MaxEvents)]
    public int InsertWithTransaction() => Encode(_metadata);

    [Benchmark(OperationsPerInvoke = EventBatchBuilder.MaxEvents)]
    public int UpdateWithFullOldRow() => Encode(_updates);

    [Benchmark(OperationsPerInvoke = EventBatchBuilder.MaxEvents)]
    public int InsertOfNonAsciiText() => Encode(_nonAscii);

    private static int Encode(EventBatch batch)
    {
        using var lines = EventJson.Encode(batch);
        return lines.All.Length;
    }
}
