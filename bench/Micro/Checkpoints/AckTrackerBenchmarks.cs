using BenchmarkDotNet.Attributes;

namespace PgCdc.Micro.Checkpoints;

/// <summary>One mark, two dispatches and two acks per batch; the figure is per batch, not per event.</summary>
public class AckTrackerBenchmarks
{
    private readonly AckLap _lap = new();

    [Benchmark]
    public long Batch()
    {
        _lap.Run();
        return _lap.LowWatermark;
    }
}
