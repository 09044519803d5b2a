using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>A connected socket, with or without TLS on it, and the messages that travel over it.</summary>
internal sealed class SessionTransport : IDisposable
{
    /// <summary>Before the server is known to be PostgreSQL, a length from the wire is trusted this far only.</summary>
    private const int MaxStartupBodyBytes = 64 * 1024;

    private readonly Stream _stream;

    public SessionTransport(SocketStream socket, SslStream? tls, ReplicationSessionOptions options, string peer)
    {
        Socket = socket;
        _stream = tls is null ? socket : tls;
        IsEncrypted = tls is not null;
        BindingData = tls?.RemoteCertificate is X509Certificate2 certificate ? ChannelBindingData.Of(certificate) : null;
        Frames = new FrameReader(_stream, options.ReceiveBufferBytes, peer) { MaxBodyBytes = MaxStartupBodyBytes };
        Sender = new FrameSender(_stream, socket, peer);
        Peer = peer;
    }

    public SocketStream Socket { get; }

    public FrameReader Frames { get; }

    public FrameSender Sender { get; }

    public string Peer { get; }

    public bool IsEncrypted { get; }

    /// <summary>What binds SCRAM to this TLS session; <c>null</c> without TLS or when the certificate's signature gives none.</summary>
    public byte[]? BindingData { get; }

    public void Dispose()
    {
        Socket.AnnounceLeaving();
        Sender.TryTerminate();
        // The socket, not the TLS stream: closing that would try to write, and may run while another thread reads it.
        Socket.Dispose();
    }
}
