using System.Diagnostics;

namespace PgCdc.Reading;

/// <summary>One reading of the whole workload.</summary>
internal sealed record Measurement(string Reader, double WallMs, double ReaderCpuMs, double ServerCpuMs)
{
    public static async Task<Measurement> TakeAsync(IReader reader, Workload workload, int round)
    {
        var slot = $"bench_{round}";
        var cluster = workload.Cluster;
        await cluster.ExecuteAsync($"SELECT pg_copy_logical_replication_slot('{Workload.BaseSlot}', '{slot}')");
        var cpu = CpuClock.Now(cluster.ProcessId!.Value);
        var clock = Stopwatch.StartNew();
        await reader.ReadAsync(slot, workload);
        var wall = clock.Elapsed;
        while (await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_stat_replication") > 0)
            await Task.Delay(20);
        var used = CpuClock.Now(cluster.ProcessId!.Value) - cpu;
        await cluster.ExecuteAsync($"SELECT pg_drop_replication_slot('{slot}')");
        return new Measurement(reader.Name, wall.TotalMilliseconds, used.Reader.TotalMilliseconds, used.Server.TotalMilliseconds);
    }

    public static Measurement MedianOf(IReadOnlyCollection<Measurement> runs) => new(
        runs.First().Reader,
        Median(runs.Select(run => run.WallMs)),
        Median(runs.Select(run => run.ReaderCpuMs)),
        Median(runs.Select(run => run.ServerCpuMs)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return Math.Round(sorted[sorted.Length / 2]);
    }
}
