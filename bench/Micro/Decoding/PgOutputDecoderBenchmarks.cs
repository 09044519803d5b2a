using BenchmarkDotNet.Attributes;

namespace PgCdc.Micro.Decoding;

/// <summary>Inserts of eight columns from pgoutput messages into batches, per event: decoding, identity, copy of the tuple.</summary>
public class PgOutputDecoderBenchmarks
{
    private readonly DecoderLap _lap = new();

    [Benchmark(OperationsPerInvoke = DecoderLap.Events)]
    public int Inserts()
    {
        _lap.Run();
        return _lap.Given;
    }
}
