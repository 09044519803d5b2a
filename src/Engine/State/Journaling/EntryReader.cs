using System.Buffers.Binary;

namespace PgCdc.Engine.State.Journaling;

/// <summary>Walks the entries of a frame's body.</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Whether the bytes ended within an entry or had an unknown kind.</summary>
    public bool IsBroken { get; private set; }

    public bool IsDelete { get; private set; }

    public string Key { get; private set; } = "";

    public long Version { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < FrameBuilder.EntryHeaderSize || _rest[0] is not (FrameBuilder.Put or FrameBuilder.Delete))
            return Break();

        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(_rest[1..]);
        var valueLength = BinaryPrimitives.ReadUInt32LittleEndian(_rest[11..]);
        if (FrameBuilder.EntryHeaderSize + keyLength + (long)valueLength > _rest.Length)
            return Break();

        IsDelete = _rest[0] == FrameBuilder.Delete;
        Version = BinaryPrimitives.ReadInt64LittleEndian(_rest[3..]);
        _rest = _rest[FrameBuilder.EntryHeaderSize..];
        Key = System.Text.Encoding.UTF8.GetString(_rest[..keyLength]);
        Value = _rest.Slice(keyLength, (int)valueLength);
        _rest = _rest[(keyLength + (int)valueLength)..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
