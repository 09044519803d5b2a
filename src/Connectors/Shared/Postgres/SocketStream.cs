using System.Net.Sockets;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// The session's socket as a stream of blocking calls. It stays in blocking mode (no asynchronous call is ever made on it), so a read is one
/// system call. One thread reads while another writes; disposing it from any thread ends both.
/// </summary>
internal sealed class SocketStream(Socket socket, string peer) : Stream
{
    private readonly ManualResetEventSlim _disposed = new(initialState: false, spinCount: 0);
    private readonly ReadFlow _flow = new(TimeProvider.System);
    private volatile bool _isLeaving;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _askedForLife;
    private TimeSpan _coalescingWait;
    private Action? _askForLife;

    /// <summary>Bytes that a read would return without waiting.</summary>
    private bool HasWaitingBytes => _start < _end || socket.Available > 0;

    /// <summary>Waits until a read would return without waiting, or fail, but no longer than asked.</summary>
    public bool WaitForBytes(TimeSpan patience)
    {
        try
        {
            if (HasWaitingBytes)
                return true;

            LetGather();
            return socket.Poll(patience, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            // The next read tells what is wrong.
            return true;
        }
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>TLS reads in small pieces; with a buffer of our own each system call still takes all that is there.</summary>
    public void BufferReads(int capacity) => _buffer = new byte[capacity];

    public void LimitWrites(TimeSpan timeout) => socket.SendTimeout = Milliseconds(timeout);

    public void CoalesceReads(TimeSpan wait) => _coalescingWait = wait;

    /// <summary>After half of <paramref name="timeout"/> in silence <paramref name="askForLife"/> runs on the reading thread, after all of it a read fails.</summary>
    public void LimitSilence(TimeSpan timeout, Action askForLife)
    {
        _askForLife = askForLife;
        socket.ReceiveTimeout = Milliseconds(timeout / 2);
    }

    public void StopLimitingSilence()
    {
        _askForLife = null;
        socket.ReceiveTimeout = 0;
    }

    /// <summary>Looks at the next byte without taking it.</summary>
    public byte Peek()
    {
        Span<byte> next = stackalloc byte[1];
        return Receive(next, SocketFlags.Peek) == 1 ? next[0] : throw new PostgresSessionException($"{peer} closed the connection.");
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && buffer.Length >= _buffer.Length)
            return Receive(buffer, SocketFlags.None);
        if (_start == _end)
        {
            _start = 0;
            _end = Receive(_buffer, SocketFlags.None);
        }
        var length = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsSet, this);
            var sent = socket.Send(buffer, SocketFlags.None, out var error);
            if (error != SocketError.Success)
                throw Failed("send to", error);
            buffer = buffer[sent..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>We are about to say goodbye: when the server now closes the connection, a reader must not take that for a fault.</summary>
    public void AnnounceLeaving() => _isLeaving = true;

    /// <summary>Whether a few bytes can be written without waiting.</summary>
    public bool CanWriteNow() => socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite);

    protected override void Dispose(bool disposing)
    {
        _disposed.Set();
        socket.Dispose();
        base.Dispose(disposing);
    }

    private static int Milliseconds(TimeSpan timeout) => Math.Max(1, (int)timeout.TotalMilliseconds);

    private int Receive(Span<byte> buffer, SocketFlags flags)
    {
        LetGather();
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsSet, this);
            var received = socket.Receive(buffer, flags, out var error);
            if (error == SocketError.Success)
            {
                // A dying handle may report its end as an orderly one.
                ObjectDisposedException.ThrowIf(_disposed.IsSet || (received == 0 && _isLeaving), this);
                _askedForLife = false;
                _flow.Received(received);
                return received;
            }
            if (error != SocketError.TimedOut || _askForLife is null)
                throw Failed("receive from", error);
            AskForLife(_askForLife);
        }
    }

    private void LetGather()
    {
        if (_coalescingWait > TimeSpan.Zero && _flow.TryTake())
            _disposed.Wait(_coalescingWait);
    }

    private void AskForLife(Action ask)
    {
        if (_askedForLife)
            throw new PostgresSessionException($"{peer} sent nothing for {2 * socket.ReceiveTimeout} ms, not even when asked: the connection is half-open.");
        _askedForLife = true;
        ask();
    }

    private Exception Failed(string action, SocketError error) =>
        _disposed.IsSet || _isLeaving
            ? new ObjectDisposedException(nameof(SocketStream))
            : new PostgresSessionException($"Cannot {action} {peer}: {new SocketException((int)error).Message}.");
}
