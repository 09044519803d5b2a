using System.Buffers.Binary;
using System.Numerics;

namespace PgCdc.Engine.State.Journaling;

/// <summary>CRC-32C (Castagnoli) of bytes given in pieces.</summary>
internal struct Crc32C()
{
    private uint _crc = uint.MaxValue;

    public readonly uint Value => ~_crc;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32C();
        crc.Add(bytes);
        return crc.Value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes)
            _crc = BitOperations.Crc32C(_crc, rest);
    }
}
