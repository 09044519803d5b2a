namespace PgCdc.TestKit.Postgres;

/// <summary>How a test's private PostgreSQL server is set up.</summary>
public sealed record PostgresClusterOptions
{
    /// <summary>Real fsync. Off by default: a killed postmaster loses nothing without it, only a crashed machine would.</summary>
    public bool Fsync { get; init; }

    /// <summary>TLS with a generated authority and a server certificate for <c>localhost</c> (no IP address in it).</summary>
    public bool Tls { get; init; }

    /// <summary>Lines of pg_hba.conf tried first, such as <c>hostssl all alice all scram-sha-256</c>; whoever no line names is trusted.</summary>
    public IReadOnlyList<string> Hba { get; init; } = [];

    /// <summary>Settings of postgresql.conf on top of the fixture's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
