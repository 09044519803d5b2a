using System.Globalization;
using Npgsql;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Tells how the pipeline is doing: one line rewritten every second on a terminal, else a line every five seconds.</summary>
/// <param name="database">The captured database.</param>
/// <param name="delivered">What has arrived.</param>
/// <param name="latency">How long it took.</param>
/// <param name="figures">Asks the pipeline.</param>
/// <param name="output">Where the line goes.</param>
/// <param name="width">Columns of the terminal whose line is rewritten; 0 where there is none.</param>
/// <param name="time">Clock.</param>
internal sealed class StatusLine(
    NpgsqlDataSource database, ChangeCounts delivered, LatencyHistogram latency, Func<Task<PipelineFigures>> figures, TextWriter output, int width,
    TimeProvider time)
{
    private const string ClearLine = "\r\e[K";
    private static readonly string[] s_units = ["B", "KB", "MB", "GB"];

    private bool Rewrites => width > 0;

    private TimeSpan Interval => TimeSpan.FromSeconds(Rewrites ? 1 : 5);

    public async Task RunAsync(CancellationToken stop)
    {
        var (before, since) = (delivered.Total, time.GetTimestamp());
        using var timer = new PeriodicTimer(Interval, time);
        while (await TickAsync(timer, stop))
        {
            var (total, now) = (delivered.Total, time.GetTimestamp());
            var rate = (total - before) / time.GetElapsedTime(since, now).TotalSeconds;
            (before, since) = (total, now);
            var line = Text(rate, await figures(), await SlotLagAsync());
            await output.WriteAsync(Rewrites ? ClearLine + line[..Math.Min(line.Length, width - 1)] : line + Environment.NewLine);
        }
        if (Rewrites)
            await output.WriteLineAsync();
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string Text(double rate, PipelineFigures pipeline, long slotLag)
    {
        var (p50, p99) = latency.Take();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:0} events/s  p50 {p50.TotalMilliseconds:0.0} ms  p99 {p99.TotalMilliseconds:0.0} ms  unacked {pipeline.Unacked}  "
            + $"checkpoint {pipeline.Checkpoint ?? "none"}  slot lag {Size(slotLag)}");
    }

    private async Task<long> SlotLagAsync()
    {
        await using var command = database.CreateCommand(
            $"SELECT coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::bigint FROM pg_replication_slots WHERE slot_name = '{ShopSchema.Slot}'");
        return await command.ExecuteScalarAsync(CancellationToken.None) is long lag ? lag : 0;
    }

    private static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < s_units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {s_units[unit]}");
    }
}
