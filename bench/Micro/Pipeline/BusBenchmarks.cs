using BenchmarkDotNet.Attributes;

namespace PgCdc.Micro.Pipeline;

/// <summary>A full batch through dispatcher and feeds of two adapters and back; the figure is per batch, not per event.</summary>
public class BusBenchmarks
{
    private readonly BusLap _lap = new(SampleBatches.Inserts());

    [Benchmark]
    public long Batch()
    {
        _lap.Run();
        return _lap.LowWatermark;
    }

    [GlobalCleanup]
    public void End() => _lap.Dispose();
}
