namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The order of attempts that <c>sslmode</c> stands for.</summary>
internal static class SessionOpener
{
    public static ReplicationConnection Open(ConnectionSettings settings, ReplicationSessionOptions options, CancellationToken cancellationToken)
    {
        SessionAttempt Attempt(TlsUse tls) => new(settings, options, tls);

        return settings.SslMode switch
        {
            // libpq never speaks TLS over a Unix socket, whatever the mode.
            _ when settings.IsUnixSocket => Attempt(TlsUse.Never).Run(cancellationToken),
            SslMode.Disable => Attempt(TlsUse.Never).Run(cancellationToken),
            SslMode.Allow => OpenAllowing(Attempt(TlsUse.Never), Attempt(TlsUse.Always), cancellationToken),
            SslMode.Prefer => OpenPreferring(Attempt(TlsUse.IfOffered), Attempt(TlsUse.Never), cancellationToken),
            _ => Attempt(TlsUse.Always).Run(cancellationToken),
        };
    }

    /// <summary>Plain first, then TLS; the error of TLS is told unless there is none to be had.</summary>
    private static ReplicationConnection OpenAllowing(SessionAttempt plain, SessionAttempt encrypted, CancellationToken cancellationToken)
    {
        try
        {
            return plain.Run(cancellationToken);
        }
        catch (PostgresServerException refusal)
        {
            try
            {
                return encrypted.Run(cancellationToken);
            }
            catch (PostgresTlsException)
            {
                throw refusal;
            }
        }
    }

    /// <summary>TLS first, then plain when TLS fails or the server refuses the session over it; the server's first refusal is told.</summary>
    private static ReplicationConnection OpenPreferring(SessionAttempt encrypted, SessionAttempt plain, CancellationToken cancellationToken)
    {
        try
        {
            return encrypted.Run(cancellationToken);
        }
        catch (PostgresTlsException)
        {
            return plain.Run(cancellationToken);
        }
        catch (PostgresServerException refusal) when (encrypted.Encrypted)
        {
            try
            {
                return plain.Run(cancellationToken);
            }
            catch (PostgresServerException)
            {
                throw refusal;
            }
        }
    }
}
