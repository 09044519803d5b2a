namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The names of <see cref="SslMode"/> in connection strings.</summary>
internal static class SslModes
{
    public static readonly string[] Names = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    public static string NameOf(SslMode mode) => Names[(int)mode];
}
