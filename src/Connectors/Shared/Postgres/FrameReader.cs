using System.Buffers.Binary;
using System.Runtime.ExceptionServices;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Cuts the server's bytes into messages without copying or allocating. For one reading thread.</summary>
internal sealed class FrameReader(Stream stream, int capacity, string peer)
{
    /// <summary>Type byte and length.</summary>
    private const int HeaderBytes = 1 + sizeof(int);

    /// <summary>A buffer that grew beyond this for one large row is given back after it.</summary>
    private const int RetainedBytes = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[capacity];
    private int _start;
    private int _end;

    /// <summary>A message with a larger body is a protocol error.</summary>
    public int MaxBodyBytes { get; set; } = int.MaxValue;

    /// <summary>Whether the next message is in the buffer as a whole.</summary>
    public bool HasFrame => _end - _start >= HeaderBytes && _end - _start >= HeaderBytes + BodyLength();

    /// <summary>The next message if all its bytes are in the buffer.</summary>
    public bool TryRead(out Frame frame)
    {
        var buffered = _end - _start;
        if (buffered >= HeaderBytes)
        {
            var length = BodyLength();
            if (length <= buffered - HeaderBytes)
            {
                frame = new Frame(_buffer[_start], _buffer.AsSpan(_start + HeaderBytes, length));
                _start += HeaderBytes + length;
                return true;
            }
        }
        frame = default;
        return false;
    }

    /// <summary>The next message; waits for it.</summary>
    public Frame Read()
    {
        Frame frame;
        while (!TryRead(out frame))
            Fill();
        return frame;
    }

    /// <summary>Reads once more from the stream; waits until at least one byte has come.</summary>
    public void Fill()
    {
        MakeRoom();
        var length = ReadStream(_buffer.AsSpan(_end));
        if (length == 0)
            throw new PostgresSessionException($"{peer} closed the connection{(_end > _start ? " in the middle of a message" : "")}.");
        _end += length;
    }

    private int ReadStream(Span<byte> room)
    {
        try
        {
            return stream.Read(room);
        }
        catch (IOException error) when (error.InnerException is PostgresSessionException or ObjectDisposedException)
        {
            // TLS wraps what the socket below it has to say.
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
        catch (IOException error)
        {
            throw new PostgresSessionException($"Cannot receive from {peer}: {error.Message}", error);
        }
    }

    /// <summary>At most the beginning of one message is left here, so moving it to the front is cheap and each read gets the whole buffer.</summary>
    private void MakeRoom()
    {
        var left = _end - _start;
        if (left == 0 && _buffer.Length > RetainedBytes)
            _buffer = new byte[capacity];
        else if (_start > 0)
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, left);
        else if (left == _buffer.Length)
            Grow();
        (_start, _end) = (0, left);
    }

    /// <summary>Doubles, so that a corrupt length costs no more memory than bytes that really came.</summary>
    private void Grow()
    {
        var wanted = Math.Min(2L * _buffer.Length, HeaderBytes + (long)BodyLength());
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, Array.MaxLength));
        _buffer.CopyTo(larger, 0);
        _buffer = larger;
    }

    private int BodyLength()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 1));
        if (length < sizeof(int) || length - sizeof(int) > MaxBodyBytes)
            ThrowLength(_buffer[_start], length);
        return length - sizeof(int);
    }

    private void ThrowLength(byte type, int length) =>
        throw new PostgresProtocolException(
            $"{peer} sent a message of type 0x{type:x2} with length {length}; allowed are {sizeof(int)} to {(long)MaxBodyBytes + sizeof(int)}.");
}
