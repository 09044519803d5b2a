using System.Buffers;
using System.Buffers.Binary;

namespace PgCdc.Engine.State.Journaling;

/// <summary>
/// Builds one frame, the unit that is written and synced at once. Little endian: marker (4), length of the body (4), sequence (8),
/// CRC-32C of these and the body (4), body. An entry of the body: kind (1), length of the key (2), version (8), length of the value (4),
/// key in UTF-8, value.
/// </summary>
internal sealed class FrameBuilder
{
    public const int HeaderSize = 20;
    public const int EntryHeaderSize = 15;
    public const byte Put = 1;
    public const byte Delete = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    public FrameBuilder(long sequence)
    {
        var header = _bytes.GetSpan(HeaderSize);
        Marker.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], sequence);
        _bytes.Advance(HeaderSize);
    }

    public static ReadOnlySpan<byte> Marker => "FRAM"u8;

    public int Size => _bytes.WrittenCount;

    public static int SizeOf(string key, int valueLength) =>
        EntryHeaderSize + System.Text.Encoding.UTF8.GetByteCount(key) + valueLength;

    public void AddPut(string key, long version, ReadOnlySpan<byte> value) => Add(Put, key, version, value);

    public void AddDelete(string key, long version) => Add(Delete, key, version, default);

    /// <summary>The finished frame; nothing may be added afterwards.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span;
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[16..], Checksum(frame));
        return frame;
    }

    /// <summary>Covers everything but the checksum itself.</summary>
    public static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = new Crc32C();
        crc.Add(frame[..16]);
        crc.Add(frame[HeaderSize..]);
        return crc.Value;
    }

    private void Add(byte kind, string key, long version, ReadOnlySpan<byte> value)
    {
        var entry = _bytes.GetSpan(SizeOf(key, value.Length));
        var keyLength = System.Text.Encoding.UTF8.GetBytes(key, entry[EntryHeaderSize..]);
        entry[0] = kind;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[1..], (ushort)keyLength);
        BinaryPrimitives.WriteInt64LittleEndian(entry[3..], version);
        BinaryPrimitives.WriteInt32LittleEndian(entry[11..], value.Length);
        value.CopyTo(entry[(EntryHeaderSize + keyLength)..]);
        _bytes.Advance(EntryHeaderSize + keyLength + value.Length);
    }
}
