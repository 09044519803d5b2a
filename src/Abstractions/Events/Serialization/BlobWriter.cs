using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PgCdc.Events.Serialization;

/// <summary>Writes little-endian numbers, length-prefixed texts and bytes.</summary>
internal sealed class BlobWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> _output = new(capacity);

    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(4), value);
        _output.Advance(4);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output.GetSpan(8), value);
        _output.Advance(8);
    }

    public void UInt32(uint value) => Int32((int)value);

    public void UInt64(ulong value) => Int64((long)value);

    public void UInt128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_output.GetSpan(16), value);
        _output.Advance(16);
    }

    public void Text(string value)
    {
        Int32(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _output);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _output.Write(value);
    }

    public byte[] ToArray() => _output.WrittenSpan.ToArray();
}
