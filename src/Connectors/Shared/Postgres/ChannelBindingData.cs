using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary><c>tls-server-end-point</c> of RFC 5929: a hash of the server's certificate.</summary>
internal static class ChannelBindingData
{
    /// <summary>Returns <c>null</c> for a signature algorithm without one hash of its own, such as Ed25519: no channel binding then.</summary>
    public static byte[]? Of(X509Certificate2 certificate) =>
        HashOf(certificate.SignatureAlgorithm.Value) is { } algorithm ? certificate.GetCertHash(algorithm) : null;

    /// <summary>The hash of the signature, but SHA-256 where that is MD5 or SHA-1.</summary>
    private static HashAlgorithmName? HashOf(string? signature) => signature switch
    {
        "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
        "1.2.840.10045.4.1" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
