using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Asks for TLS and performs the handshake.</summary>
internal static class TlsHandshake
{
    private const int SslRequestCode = 80877103;

    /// <summary>Returns <c>false</c> when the server offers no TLS; the session may then go on in plain text on the same socket.</summary>
    public static bool IsOffered(SocketStream socket)
    {
        socket.Write(new MessageBuilder().AddInt32(SslRequestCode).Build());
        // Peeked at first: an error message in plain text stays in the stream, whole, for the startup to read.
        var answer = socket.Peek();
        if (answer is not ((byte)'S' or (byte)'N'))
            return false;
        // Exactly one byte is taken: whatever a man in the middle put behind it is no part of the TLS session.
        socket.ReadExactly(stackalloc byte[1]);
        return answer == (byte)'S';
    }

    public static SslStream Perform(SocketStream socket, ConnectionSettings settings)
    {
        ServerCertificateValidator.CheckRootFile(settings);
        var validator = new ServerCertificateValidator(settings);
        var stream = new SslStream(socket, leaveInnerStreamOpen: false);
        try
        {
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                RemoteCertificateValidationCallback = validator.Validate,
                ClientCertificateContext = ClientCertificate(settings),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            });
            return stream;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            throw new PostgresTlsException($"No TLS session with {settings.Address}: {validator.Problem ?? error.Message}.", error);
        }
    }

    private static SslStreamCertificateContext? ClientCertificate(ConnectionSettings settings)
    {
        if (settings.SslCertificate is null)
            return null;
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(settings.SslCertificate, settings.SslKey);
            return SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConnectionSettingsException("sslcert", $"'{settings.SslCertificate}' with sslkey '{settings.SslKey}' cannot be used: {error.Message}");
        }
    }
}
