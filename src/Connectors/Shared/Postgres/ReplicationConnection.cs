namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// A session with <c>replication=database</c>: replication commands and plain SQL, then streaming. All calls block, so it wants a thread of
/// its own; only <see cref="Dispose"/> (and sending on a started stream) may come from another thread.
/// </summary>
internal sealed class ReplicationConnection : IDisposable
{
    private readonly SessionTransport _transport;
    private readonly ReplicationSessionOptions _options;
    private readonly Dictionary<string, string> _parameters = [];

    private ReplicationConnection(SessionTransport transport, ReplicationSessionOptions options) => (_transport, _options) = (transport, options);

    /// <summary>What the server reported of itself, such as <c>server_version</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    public bool IsEncrypted => _transport.IsEncrypted;

    /// <exception cref="PostgresServerException">The server refused the session, with its words and code.</exception>
    /// <exception cref="PostgresSessionException">There is no session to be had; the message names the server and the cause.</exception>
    /// <exception cref="ConnectionSettingsException">A certificate file cannot be used.</exception>
    public static ReplicationConnection Open(
        ConnectionSettings settings, ReplicationSessionOptions? options = null, CancellationToken cancellationToken = default) =>
        SessionOpener.Open(settings, options ?? ReplicationSessionOptions.Default, cancellationToken);

    /// <summary>Reads what follows authentication; the session is ready when this returns.</summary>
    internal static ReplicationConnection Begin(SessionTransport transport, ReplicationSessionOptions options)
    {
        var connection = new ReplicationConnection(transport, options);
        connection.ReadUntilReady();
        transport.Frames.MaxBodyBytes = options.MaxFrameBytes;
        transport.Socket.LimitWrites(options.WriteTimeout);
        return connection;
    }

    /// <summary>Runs one command or SQL text. Cancelling ends the session.</summary>
    /// <exception cref="PostgresServerException">The command failed; the session stays usable.</exception>
    public QueryResult Query(string sql, CancellationToken cancellationToken = default)
    {
        using var ending = cancellationToken.UnsafeRegister(static connection => ((ReplicationConnection)connection!).Dispose(), this);
        try
        {
            SendQuery(sql);
            return ReadUntilReady();
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is not PostgresServerException)
        {
            throw new OperationCanceledException("The query was cancelled and its session ended.", error, cancellationToken);
        }
    }

    /// <summary>Starts streaming; see <see cref="ReplicationCommands.StartLogicalReplication"/> for the command.</summary>
    internal ReplicationStream StartStreaming(string command)
    {
        SendQuery(command);
        var query = new QueryReader();
        for (var frame = ReadFrame(); frame.Type != 'W'; frame = ReadFrame())
        {
            if (frame.Type == 'Z')
                throw query.Error ?? (Exception)new PostgresProtocolException($"{_transport.Peer} did not start streaming.");
            Accept(query, frame);
        }
        return new ReplicationStream(_transport, _options, this);
    }

    /// <summary>The next message that is not about the session itself.</summary>
    internal Frame ReadFrame()
    {
        while (true)
        {
            var frame = _transport.Frames.Read();
            if (!IsAboutSession(frame))
                return frame;
        }
    }

    /// <summary>Handles the messages that may come at any time.</summary>
    internal bool IsAboutSession(in Frame frame)
    {
        switch (frame.Type)
        {
            case (byte)'N':
                _options.OnNotice?.Invoke(ServerNotice.Parse(frame.Body));
                return true;
            case (byte)'S':
                var reader = new MessageReader(frame.Body);
                var name = reader.ReadText();
                _parameters[name] = reader.ReadText();
                return true;
            default:
                return frame.Type is (byte)'A' or (byte)'K';
        }
    }

    internal QueryResult ReadUntilReady()
    {
        var query = new QueryReader();
        for (var frame = ReadFrame(); frame.Type != 'Z'; frame = ReadFrame())
        {
            Accept(query, frame);
            if (query.Error?.Error.Severity is "FATAL" or "PANIC")
                break;
        }
        return query.Error is null ? query.Result : throw query.Error;
    }

    /// <summary>Ends the session at once; a blocked call on another thread then throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _transport.Dispose();

    private void SendQuery(string sql) => _transport.Sender.Send(new MessageBuilder('Q').AddText(sql).Build());

    private void Accept(QueryReader query, in Frame frame)
    {
        if (!query.Accept(frame))
            throw new PostgresProtocolException($"{_transport.Peer} sent message type 0x{frame.Type:x2} in answer to a command.");
    }
}
