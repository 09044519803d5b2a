namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>What is checked of the server's certificate.</summary>
internal enum CertificateCheck
{
    None,
    Authority,
    AuthorityAndHostName,
}
