using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCdc.TestKit.Postgres;

/// <summary>A throw-away certificate authority that writes PEM files.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(2);
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(Now - s_validity, Now + s_validity);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void WriteAuthority(string path) => File.WriteAllText(path, _authority.ExportCertificatePem());

    /// <summary>Writes <c>name.crt</c> and <c>name.key</c> (0600) for a server of these DNS names, or for a client when there are none.</summary>
    public void WriteLeaf(string folder, string name, string commonName, params string[] dnsNames)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SignLeaf(key, commonName, dnsNames);
        File.WriteAllText(Path.Combine(folder, name + ".crt"), certificate.ExportCertificatePem());
        var keyPath = Path.Combine(folder, name + ".key");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        FileModes.MakePrivate(keyPath);
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 SignLeaf(ECDsa key, string commonName, string[] dnsNames)
    {
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        if (dnsNames.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var dnsName in dnsNames)
                names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }
        return request.Create(_authority, Now - (s_validity / 2), Now + (s_validity / 2), RandomNumberGenerator.GetBytes(8));
    }
}
