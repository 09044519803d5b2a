using BenchmarkDotNet.Attributes;
using PgCdc.Events;
using PgCdc.TestKit.Events;

namespace PgCdc.Micro.Events;

/// <summary>One walk over a tuple of eight columns.</summary>
public class TupleReaderBenchmarks
{
    private readonly byte[] _tuple = TupleBytes.Of(SampleTables.WideRow(1));

    [Benchmark]
    public int Walk()
    {
        var reader = new TupleReader(_tuple);
        var bytes = 0;
        while (reader.Next())
            bytes += reader.Value.Length;

        return bytes;
    }
}
