namespace PgCdc.Silo.Http;

/// <summary>Where the metrics server listens.</summary>
/// <param name="Address">Value of <c>--metrics-addr</c>.</param>
/// <param name="TlsCertificate">PEM file of the certificate; null for plain HTTP.</param>
/// <param name="TlsKey">PEM file of its key.</param>
public sealed record MetricsServerOptions(string Address, string? TlsCertificate = null, string? TlsKey = null);
