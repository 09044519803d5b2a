namespace PgCdc.TestKit.Files;

/// <summary>Growing bytes; a gap reads as zeros, as on a disk.</summary>
internal sealed class FileContent
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public int Read(int offset, Span<byte> buffer)
    {
        var count = Math.Clamp(Length - offset, 0, buffer.Length);
        _bytes.AsSpan(Math.Min(offset, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        SetLength(Math.Max(Length, offset + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(offset));
    }

    public void SetLength(int length)
    {
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        if (length < Length)
            _bytes.AsSpan(length, Length - length).Clear();
        Length = length;
    }

    public void CopyFrom(FileContent other)
    {
        SetLength(0);
        Write(0, other._bytes.AsSpan(0, other.Length));
    }
}
