using BenchmarkDotNet.Attributes;
using PgCdc.Events;

namespace PgCdc.Micro.Events;

/// <summary>One identity: made, and written as text.</summary>
public class EventIdBenchmarks
{
    private readonly byte[] _text = new byte[EventId.TextLength];
    private readonly UInt128 _transaction = EventId.TransactionKey(7_000_000_000_000_000_001, 16_384, 0x16B3748, 771);
    private int _ordinal;

    [Benchmark]
    public UInt128 Make() => EventId.Of(_transaction, ++_ordinal, 0, 1_770_113_472_345);

    [Benchmark]
    public byte Format()
    {
        EventId.Format(_transaction, _text);
        return _text[35];
    }
}
