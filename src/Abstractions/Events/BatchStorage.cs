using System.Buffers;
using System.Runtime.CompilerServices;

namespace PgCdc.Events;

/// <summary>
/// The bytes and headers behind one or more <see cref="EventBatch"/> views, rented from the shared pools and given back when the last lease
/// ends. A lease that is never released costs pooling, not correctness: the collector takes the arrays.
/// </summary>
internal sealed class BatchStorage(byte[] buffer, int bytes, EventHeader[] headers, int count)
{
    private readonly Lock _encodingGate = new();
    private IBatchEncoding? _encoding;
    private int _leases = 1;

    public int Bytes => bytes;

    public int Count => count;

    public int Footprint => buffer.Length + headers.Length * Unsafe.SizeOf<EventHeader>();

    public ReadOnlySpan<byte> Buffer => buffer.AsSpan(0, bytes);

    public ReadOnlySpan<EventHeader> Headers => headers.AsSpan(0, count);

    public required ChannelName[] Channels { get; init; }

    public required RelationSchema[] Schemas { get; init; }

    public required TransactionInfo[] Transactions { get; init; }

    public bool TryRetain()
    {
        var seen = Volatile.Read(ref _leases);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref _leases, seen + 1, seen);
            if (before == seen)
                return true;

            seen = before;
        }

        return false;
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref _leases);
        if (left < 0)
            throw new InvalidOperationException("A lease of the batch was given back twice.");

        if (left > 0)
            return;

        _encoding?.Dispose();
        _encoding = null;
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<EventHeader>.Shared.Return(headers);
    }

    public T Encoding<T>(EventBatch batch, Func<EventBatch, T> encode)
        where T : class, IBatchEncoding
    {
        lock (_encodingGate)
        {
            if (_encoding is T known)
                return known;

            if (_encoding is not null)
                throw new InvalidOperationException($"The batch holds a {_encoding.GetType().Name} already and cannot hold a {typeof(T).Name} too.");

            var made = encode(batch);
            _encoding = made;
            return made;
        }
    }
}
