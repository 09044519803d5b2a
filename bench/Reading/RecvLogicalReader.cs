using System.Diagnostics;
using System.Globalization;
using PgCdc.TestKit.Postgres;

namespace PgCdc.Reading;

/// <summary>PostgreSQL's own client, writing to a file.</summary>
internal sealed class RecvLogicalReader : IReader
{
    public string Name => "pg_recvlogical";

    public async Task ReadAsync(string slot, Workload workload)
    {
        var file = Path.GetTempFileName();
        using var process = Process.Start(PostgresBinaries.PathOf("pg_recvlogical"),
        [
            "-h", "127.0.0.1", "-p", workload.Cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", "postgres",
            "-S", slot, "--start", "--no-loop", "-f", file, "-E", workload.End,
            .. Workload.PluginOptions.SelectMany(option => new[] { "-o", $"{option.Key}={option.Value}" }),
        ]);
        await process.WaitForExitAsync();
        File.Delete(file);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pg_recvlogical exited with {process.ExitCode}.");
    }
}
