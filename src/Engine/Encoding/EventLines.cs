using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>The events of a batch as JSON lines, made once and shared; valid as long as the batch is leased.</summary>
public sealed class EventLines : IBatchEncoding
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    internal EventLines(byte[] bytes, int[] ends, int count)
    {
        _bytes = bytes;
        _ends = ends;
        Count = count;
    }

    /// <summary>Number of lines: one per stored event.</summary>
    public int Count { get; }

    /// <summary>All lines, each with its <c>\n</c>.</summary>
    public ReadOnlyMemory<byte> All => _bytes.AsMemory(0, Count == 0 ? 0 : _ends[Count - 1]);

    /// <summary>One line with its <c>\n</c>.</summary>
    /// <param name="stored">Place of the event among the stored ones.</param>
    public ReadOnlyMemory<byte> Line(int stored)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stored, (uint)Count, nameof(stored));
        var start = stored == 0 ? 0 : _ends[stored - 1];
        return _bytes.AsMemory(start, _ends[stored] - start);
    }

    public void Dispose()
    {
        System.Buffers.ArrayPool<byte>.Shared.Return(_bytes);
        System.Buffers.ArrayPool<int>.Shared.Return(_ends);
    }
}
