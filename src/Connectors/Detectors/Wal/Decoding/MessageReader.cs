using System.Buffers.Binary;
using System.Text;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>
/// Takes fields off the front of a message. A field that does not fit marks the reader as broken for good and reads as zero, so a message is
/// read straight through and judged once, by <see cref="IsComplete"/>, before anything is done with it. Numbers are big endian.
/// </summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;
    private bool _isBroken;

    /// <summary>Whether every field was there and nothing is left over.</summary>
    public readonly bool IsComplete => !_isBroken && _rest.IsEmpty;

    /// <summary>Whether every field so far was there.</summary>
    public readonly bool IsSound => !_isBroken;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public short Int16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadInt16BigEndian(bytes) : (short)0;

    public int Int32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;

    public uint UInt32() => (uint)Int32();

    public long Int64() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;

    public Lsn Lsn() => new((ulong)Int64());

    /// <summary>A text that ends with a zero byte.</summary>
    public string Text()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            _isBroken = true;
            return "";
        }

        var text = Encoding.UTF8.GetString(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return text;
    }

    public ReadOnlySpan<byte> Bytes(int count) => Take(count);

    /// <summary>A tuple of exactly as many columns as its table has; every column's length is checked.</summary>
    public ReadOnlySpan<byte> Tuple(int columns)
    {
        var tuple = new TupleReader(_rest);
        while (tuple.Next())
        {
        }

        if (tuple.IsBroken || tuple.ColumnCount != columns)
        {
            _isBroken = true;
            return default;
        }

        return Take(_rest.Length - tuple.Rest.Length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_isBroken || (uint)count > (uint)_rest.Length)
        {
            _isBroken = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
