using System.Buffers;
using PgCdc.Engine.Encoding;
using PgCdc.Events;

namespace PgCdc.Connectors.Shared.Lines;

/// <summary>The event JSON lines of a view as one run of bytes: the shared ones for a whole batch, a copy for a part of one.</summary>
internal readonly struct BatchLines : IDisposable
{
    private readonly EventBatch _batch;
    private readonly EventLines _lines;
    private readonly byte[]? _copy;

    private BatchLines(EventBatch batch, EventLines lines, byte[]? copy, ReadOnlyMemory<byte> bytes)
    {
        _batch = batch;
        _lines = lines;
        _copy = copy;
        Bytes = bytes;
    }

    public int Count => _batch.Count;

    /// <summary>All lines of the view; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static BatchLines Of(EventBatch batch)
    {
        var lines = EventJson.Lines(batch);
        return batch.IsWhole ? new BatchLines(batch, lines, copy: null, lines.All) : Copy(batch, lines);
    }

    /// <summary>Length in bytes of a line, its <c>\n</c> included.</summary>
    public int LengthOf(int index) => _lines.Line(_batch.StoredIndex(index)).Length;

    public void Dispose()
    {
        if (_copy is not null)
            ArrayPool<byte>.Shared.Return(_copy);
    }

    private static BatchLines Copy(EventBatch batch, EventLines lines)
    {
        var copy = ArrayPool<byte>.Shared.Rent(lines.All.Length);
        var length = 0;
        for (var index = 0; index < batch.Count; index++)
        {
            var line = lines.Line(batch.StoredIndex(index));
            line.CopyTo(copy.AsMemory(length));
            length += line.Length;
        }

        return new BatchLines(batch, lines, copy, copy.AsMemory(0, length));
    }
}
