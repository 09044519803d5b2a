using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Checks the server's certificate as <c>sslmode</c> and <c>sslrootcert</c> demand, and remembers what is wrong with it.</summary>
internal sealed class ServerCertificateValidator(ConnectionSettings settings)
{
    public string? Problem { get; private set; }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = Check(certificate as X509Certificate2, chain, errors);
        return Problem is null;
    }

    private string? Check(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (settings.CertificateCheck == CertificateCheck.None)
            return null;
        if (certificate is null)
            return "the server sent no certificate";
        return CheckAuthority(certificate, chain, errors) ?? CheckHostName(certificate);
    }

    /// <summary>The certificates that the server sent beside its own are candidates for the links between, never for the root.</summary>
    private string? CheckAuthority(X509Certificate2 certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (settings.SslRootCertificate == ConnectionSettings.SystemAuthorities)
            return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "its certificate is not signed by an authority of this system" : null;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(settings.SslRootCertificate!);
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        if (chain.Build(certificate))
            return null;
        var reasons = string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()));
        return $"its certificate ({certificate.Subject}) is not trusted by sslrootcert '{settings.SslRootCertificate}': {reasons}";
    }

    private string? CheckHostName(X509Certificate2 certificate)
    {
        if (settings.CertificateCheck != CertificateCheck.AuthorityAndHostName || certificate.MatchesHostname(settings.Host))
            return null;
        return $"its certificate ({certificate.Subject}) is not for host '{settings.Host}', which sslmode=verify-full demands";
    }

    /// <summary>A file that is missing or holds no certificate is found before the handshake.</summary>
    public static void CheckRootFile(ConnectionSettings settings)
    {
        if (settings.CertificateCheck == CertificateCheck.None || settings.SslRootCertificate == ConnectionSettings.SystemAuthorities)
            return;
        var path = settings.SslRootCertificate;
        if (!File.Exists(path))
            throw new ConnectionSettingsException(
                "sslrootcert", $"file '{path ?? "~/.postgresql/root.crt"}' does not exist, which sslmode={SslModes.NameOf(settings.SslMode)} needs.");
        if (!HoldsCertificate(path))
            throw new ConnectionSettingsException("sslrootcert", $"file '{path}' holds no PEM certificate.");
    }

    private static bool HoldsCertificate(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (CryptographicException)
        {
            return false;
        }
        return certificates.Count > 0;
    }
}
