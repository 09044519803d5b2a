namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Sends whole messages from any thread, one at a time.</summary>
internal sealed class FrameSender(Stream stream, SocketStream socket, string peer)
{
    private static readonly byte[] s_terminate = new MessageBuilder('X').Build();
    private readonly Lock _lock = new();
    private bool _broken;

    public void Send(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (_broken)
                throw new PostgresSessionException($"An earlier message to {peer} was sent in part only.");
            _broken = true;
            Write(message);
            _broken = false;
        }
    }

    /// <summary>Says good-bye if that needs no waiting.</summary>
    public void TryTerminate()
    {
        if (!_lock.TryEnter())
            return;
        try
        {
            if (!_broken && socket.CanWriteNow())
                stream.Write(s_terminate);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or PostgresSessionException or System.Net.Sockets.SocketException)
        {
            // The peer is gone already, which is what was asked for.
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Write(ReadOnlySpan<byte> message)
    {
        try
        {
            stream.Write(message);
        }
        catch (IOException error)
        {
            throw new PostgresSessionException($"Cannot send to {peer}: {error.InnerException?.Message ?? error.Message}", error);
        }
    }
}
