namespace PgCdc.Connectors.Shared.Postgres;

/// <summary><c>sslmode</c> as libpq defines it (https://www.postgresql.org/docs/current/libpq-ssl.html).</summary>
internal enum SslMode
{
    /// <summary>Never TLS.</summary>
    Disable,

    /// <summary>Plain first; TLS when the server refuses that.</summary>
    Allow,

    /// <summary>TLS first; plain when the server refuses that. The default.</summary>
    Prefer,

    /// <summary>Only TLS; the authority is checked when a root certificate is present.</summary>
    Require,

    /// <summary>Only TLS with a certificate of a known authority.</summary>
    VerifyCa,

    /// <summary>Only TLS with a certificate of a known authority for this host name.</summary>
    VerifyFull,
}
