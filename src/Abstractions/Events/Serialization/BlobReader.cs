using System.Buffers.Binary;
using System.Text;
using PgCdc.Errors;

namespace PgCdc.Events.Serialization;

/// <summary>
/// Reads what <see cref="BlobWriter"/> wrote. Every length and count is checked against the bytes that are left before anything is taken or
/// allocated.
/// </summary>
internal ref struct BlobReader(ReadOnlySpan<byte> blob)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int _length = blob.Length;
    private ReadOnlySpan<byte> _rest = blob;

    public byte Byte() => Take(1)[0];

    public byte Byte(byte most)
    {
        var value = Byte();
        return value <= most ? value : throw Unreadable($"{value} is more than {most}");
    }

    public bool Flag() => Byte(most: 1) == 1;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public int Int32(int least, int most)
    {
        var value = Int32();
        return value >= least && value <= most ? value : throw Unreadable($"{value} is not between {least} and {most}");
    }

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public uint UInt32() => (uint)Int32();

    public ulong UInt64() => (ulong)Int64();

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>A time in .NET ticks.</summary>
    public long Ticks()
    {
        var ticks = Int64();
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : throw Unreadable($"{ticks} is no time");
    }

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public string Text()
    {
        try
        {
            return s_strict.GetString(Bytes());
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw Unreadable("a text is not UTF-8", notUtf8);
        }
    }

    /// <summary>A number of things of which each takes at least so many bytes.</summary>
    public int Count(int leastBytes) => Int32(0, _rest.Length / leastBytes);

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw Unreadable("bytes follow its end");
    }

    public readonly BatchFormatException Unreadable(string reason, Exception? innerException = null) => new(
        $"A batch of {_length} bytes from another silo cannot be read: before byte {_length - _rest.Length}, {reason}. All silos must run the same release.",
        innerException);

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
            throw Unreadable($"{count} bytes were announced and {_rest.Length} are left");

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
