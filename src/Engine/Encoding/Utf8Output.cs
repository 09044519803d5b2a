using System.Buffers;

namespace PgCdc.Engine.Encoding;

/// <summary>Bytes written one after another into a pooled array that grows. Passed by reference; ends in <see cref="Detach"/> or <see cref="Discard"/>.</summary>
internal struct Utf8Output(int capacity)
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(byte value)
    {
        Free(1)[0] = value;
        Length++;
    }

    public void WriteAscii(string text) => Length += System.Text.Encoding.ASCII.GetBytes(text, Free(text.Length));

    /// <summary>Writes again what was written before at a place.</summary>
    public void Repeat(int start, int length)
    {
        var free = Free(length);
        _buffer.AsSpan(start, length).CopyTo(free);
        Length += length;
    }

    /// <summary>Room to write into directly; <see cref="Advance"/> tells how much of it was used.</summary>
    public Span<byte> Free(int atLeast)
    {
        if (_buffer.Length - Length < atLeast)
            Grow(atLeast);

        return _buffer.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Hands the array over to the caller, who returns it to the pool.</summary>
    public readonly byte[] Detach() => _buffer;

    public readonly void Discard() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Grow(int more)
    {
        var needed = checked(Length + more);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
