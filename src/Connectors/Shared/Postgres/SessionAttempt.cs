namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>What one attempt to open a session does about TLS.</summary>
internal enum TlsUse
{
    Never,
    IfOffered,
    Always,
}

/// <summary>One attempt to connect, negotiate TLS and log in, bounded by the connect timeout.</summary>
internal sealed class SessionAttempt(ConnectionSettings settings, ReplicationSessionOptions options, TlsUse tls)
{
    private const int ProtocolVersion3 = 3 << 16;

    public bool Encrypted { get; private set; }

    public ReplicationConnection Run(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.ConnectTimeout, options.TimeProvider);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return Open(deadline.Token);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"Opening a session with {settings.Address} was cancelled.", error, cancellationToken);
        }
        catch (Exception error) when (timeout.IsCancellationRequested)
        {
            throw new PostgresSessionException($"{settings.Address} opened no session within {settings.ConnectTimeout.TotalSeconds} s (connect_timeout).", error);
        }
    }

    private ReplicationConnection Open(CancellationToken deadline)
    {
        var socket = new SocketStream(SocketConnector.Connect(settings, deadline), settings.Address);
        try
        {
            using var closing = deadline.UnsafeRegister(static socket => ((SocketStream)socket!).Dispose(), socket);
            var transport = Negotiate(socket);
            Encrypted = transport.IsEncrypted;
            transport.Sender.Send(StartupMessage());
            new Authenticator(settings, transport.Frames, transport.Sender, transport.BindingData, transport.IsEncrypted).Run(options.OnNotice);
            return ReplicationConnection.Begin(transport, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SessionTransport Negotiate(SocketStream socket)
    {
        if (tls == TlsUse.Never)
            return new SessionTransport(socket, null, options, settings.Address);
        if (TlsHandshake.IsOffered(socket))
        {
            socket.BufferReads(options.ReceiveBufferBytes);
            return new SessionTransport(socket, TlsHandshake.Perform(socket, settings), options, settings.Address);
        }
        if (tls == TlsUse.Always)
            throw new PostgresTlsException($"{settings.Address} offers no TLS, but sslmode={SslModes.NameOf(settings.SslMode)}.");
        return new SessionTransport(socket, null, options, settings.Address);
    }

    private byte[] StartupMessage()
    {
        var message = new MessageBuilder().AddInt32(ProtocolVersion3);
        message.AddText("user").AddText(settings.User);
        message.AddText("database").AddText(settings.Database);
        message.AddText("replication").AddText("database");
        message.AddText("client_encoding").AddText("UTF8");
        if ((options.ApplicationName ?? settings.ApplicationName) is { } name)
            message.AddText("application_name").AddText(name);
        if (settings.Options is { } commandLine)
            message.AddText("options").AddText(commandLine);
        foreach (var (parameter, value) in options.RuntimeParameters)
            message.AddText(parameter).AddText(value);
        return message.AddBytes([0]).Build();
    }
}
