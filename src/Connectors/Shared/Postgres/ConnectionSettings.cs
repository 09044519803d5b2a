using System.Globalization;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Where and how to reach a PostgreSQL database, with every default and environment fallback applied.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>Value of <c>sslrootcert</c> that means the authorities of the operating system.</summary>
    public const string SystemAuthorities = "system";

    /// <summary>Host name, address, or the absolute folder of a Unix socket.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    public required string Database { get; init; }

    public string? Password { get; init; }

    public SslMode SslMode { get; init; } = SslMode.Prefer;

    /// <summary>PEM file of the trusted authorities, <see cref="SystemAuthorities"/>, or <c>null</c> when libpq's default file is absent.</summary>
    public string? SslRootCertificate { get; init; }

    public string? SslCertificate { get; init; }

    public string? SslKey { get; init; }

    public ChannelBindingMode ChannelBinding { get; init; } = ChannelBindingMode.Prefer;

    /// <summary>Bounds connecting, TLS and authentication together; infinite when set to 0.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public string? ApplicationName { get; init; }

    /// <summary>Command-line options for the server's session, such as <c>-c statement_timeout=0</c>.</summary>
    public string? Options { get; init; }

    public bool IsUnixSocket => Host.StartsWith('/');

    public string SocketPath => string.Create(CultureInfo.InvariantCulture, $"{Host}/.s.PGSQL.{Port}");

    /// <summary>libpq checks the authority in every mode as soon as a root certificate is present, and the name only in verify-full.</summary>
    public CertificateCheck CertificateCheck => SslMode switch
    {
        SslMode.VerifyFull => CertificateCheck.AuthorityAndHostName,
        SslMode.VerifyCa => CertificateCheck.Authority,
        _ => File.Exists(SslRootCertificate) ? CertificateCheck.Authority : CertificateCheck.None,
    };

    /// <summary>The server as people write it: <c>host:port</c> or the path of the socket.</summary>
    public string Address => IsUnixSocket ? SocketPath
        : string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    /// <inheritdoc cref="ConnectionSettingsParser.Parse"/>
    public static ConnectionSettings Parse(string text) => ConnectionSettingsParser.Parse(text, ConnectionEnvironment.OfProcess());

    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"{User}@{Address}/{Database} (sslmode={SslModes.NameOf(SslMode)})";
}
