using System.Globalization;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>Whom a replication connection speaks with.</summary>
/// <param name="System">Cluster and timeline.</param>
/// <param name="ProcessId">The server's process for this connection.</param>
internal sealed record Identification(SystemIdentity System, int ProcessId)
{
    public static Identification Ask(ReplicationConnection connection, CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.UnsafeRegister(static opened => ((ReplicationConnection)opened!).Dispose(), connection);
        var process = connection.Query("SELECT pg_backend_pid()", cancellationToken).Rows[0][0]!;
        return new Identification(connection.IdentifySystem(), int.Parse(process, CultureInfo.InvariantCulture));
    }
}
