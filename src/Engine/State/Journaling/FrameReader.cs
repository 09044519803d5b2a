using System.Buffers.Binary;
using System.Globalization;

namespace PgCdc.Engine.State.Journaling;

/// <summary>Looks at one offset of a journal and says what is there.</summary>
internal readonly ref struct FrameReader
{
    private readonly ReadOnlySpan<byte> _rest;

    public FrameReader(ReadOnlySpan<byte> file, int offset) => _rest = file[offset..];

    /// <summary>Whether a whole frame with a right checksum starts here.</summary>
    public bool IsWhole => HasHeader && HasBody && StoredChecksum == FrameBuilder.Checksum(Frame);

    public long Sequence => BinaryPrimitives.ReadInt64LittleEndian(_rest[8..]);

    public int Size => FrameBuilder.HeaderSize + BodyLength;

    public ReadOnlySpan<byte> Body => _rest.Slice(FrameBuilder.HeaderSize, BodyLength);

    private bool HasHeader => _rest.Length >= FrameBuilder.HeaderSize && _rest.StartsWith(FrameBuilder.Marker);

    private bool HasBody => (uint)BodyLength <= (uint)(_rest.Length - FrameBuilder.HeaderSize);

    private int BodyLength => BinaryPrimitives.ReadInt32LittleEndian(_rest[4..]);

    private uint StoredChecksum => BinaryPrimitives.ReadUInt32LittleEndian(_rest[16..]);

    private ReadOnlySpan<byte> Frame => _rest[..Size];

    /// <summary>Why <see cref="IsWhole"/> is false, for people.</summary>
    public string DescribeDamage(long expectedSequence)
    {
        if (!HasHeader)
            return Text($"frame {expectedSequence} has no header");
        return HasBody
            ? Text($"frame {expectedSequence} has the checksum {StoredChecksum:x8} but its bytes give {FrameBuilder.Checksum(Frame):x8}")
            : Text($"frame {expectedSequence} says {(uint)BodyLength} bytes where {_rest.Length - FrameBuilder.HeaderSize} are left");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
