namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// A started stream (CopyBoth). One thread reads; any thread may send status updates meanwhile. The stream belongs to its connection:
/// disposing that ends it.
/// </summary>
internal sealed class ReplicationStream
{
    private static readonly byte[] s_copyDone = new MessageBuilder('c').Build();

    private readonly SessionTransport _transport;
    private readonly ReplicationSessionOptions _options;
    private readonly ReplicationConnection _connection;
    private readonly Lock _statusLock = new();
    private StandbyStatus _status;
    private bool _serverDone;

    internal ReplicationStream(SessionTransport transport, ReplicationSessionOptions options, ReplicationConnection connection)
    {
        (_transport, _options, _connection) = (transport, options, connection);
        transport.Socket.CoalesceReads(options.CoalescingWait);
        transport.Socket.LimitSilence(options.IdleTimeout, askForLife: () => SendStatus(LastStatus(), replyRequested: true));
    }

    /// <summary>
    /// Whether more of the stream has come than the messages read so far, or comes within a moment. When not, the next read may wait, so this
    /// is the moment to pass on what was gathered. Decrypted bytes that TLS still holds after it filled the receive buffer do not count: that
    /// costs one early hand-over per full buffer, where claiming them wrongly would leave rows lying.
    /// </summary>
    public bool WaitForMore(TimeSpan patience) => _transport.Frames.HasFrame || _transport.Socket.WaitForBytes(patience);

    /// <summary>The next message; waits for it.</summary>
    /// <exception cref="PostgresServerException">The server ended the stream with an error.</exception>
    /// <exception cref="PostgresSessionException">The connection broke, is half-open, or carried something else than the protocol.</exception>
    /// <exception cref="ObjectDisposedException">The connection was disposed.</exception>
    public ReplicationMessage Read()
    {
        ReplicationMessage message;
        while (!TryRead(out message))
            _transport.Frames.Fill();
        return message;
    }

    /// <summary>The next message if it is in the receive buffer as a whole; never waits.</summary>
    public bool TryRead(out ReplicationMessage message)
    {
        while (_transport.Frames.TryRead(out var frame))
        {
            if (frame.Type == 'd')
            {
                message = ReplicationMessageParser.Parse(frame.Body);
                return true;
            }
            if (IsEnd(frame))
            {
                message = new ReplicationMessage { Kind = ReplicationMessageKind.End };
                return true;
            }
        }
        message = default;
        return false;
    }

    /// <summary>Sends a status update; for any thread. It waits at most the write timeout.</summary>
    public void SendStatus(StandbyStatus status, bool replyRequested = false)
    {
        Span<byte> message = stackalloc byte[StandbyStatus.MessageBytes];
        lock (_statusLock)
            _status = status;
        status.Write(message, _options.TimeProvider.GetUtcNow(), replyRequested);
        _transport.Sender.Send(message);
    }

    /// <summary>
    /// Ends the stream in an orderly way, from the reading thread: messages still under way are dropped. After <c>true</c> the connection
    /// takes commands again. It is <c>false</c>, and the connection disposed, when the server did not end within <paramref name="timeout"/>
    /// (it does not in the middle of a large transaction) or went away.
    /// </summary>
    public bool End(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout, _options.TimeProvider);
        using var closing = deadline.Token.UnsafeRegister(static connection => ((ReplicationConnection)connection!).Dispose(), _connection);
        try
        {
            _transport.Sender.Send(s_copyDone);
            while (!_serverDone)
                Read();
            _transport.Socket.StopLimitingSilence();
            _transport.Socket.CoalesceReads(TimeSpan.Zero);
            _connection.ReadUntilReady();
            return true;
        }
        catch (Exception error) when (error is ObjectDisposedException or PostgresSessionException)
        {
            _connection.Dispose();
            return false;
        }
    }

    private StandbyStatus LastStatus()
    {
        lock (_statusLock)
            return _status;
    }

    private bool IsEnd(in Frame frame)
    {
        switch (frame.Type)
        {
            // A server that shuts down sends CommandComplete without CopyDone before it.
            case (byte)'c' or (byte)'C':
                return _serverDone = true;
            case (byte)'E':
                throw new PostgresServerException(ServerNotice.Parse(frame.Body));
            default:
                if (_connection.IsAboutSession(frame))
                    return false;
                throw new PostgresProtocolException($"{_transport.Peer} sent message type 0x{frame.Type:x2} in a replication stream.");
        }
    }
}
