using PgCdc.Scenarios.Processes;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>Nobody reads what the pipeline writes, for six times as long as the server waits for a silent reader.</summary>
public sealed class BlockedSinkTests
{
    private const int Seed = 30;
    private const long AllowedGrowth = 48L << 20;
    private const long LeastBytes = 12L << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_blocked = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_sampling = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Sink_BlockedForLong_KeepsMemoryAndConnection()
    {
        await using var capture = await Capture.CreateAsync();
        await using var process = capture.StartToStdout();
        await capture.SlotExistsAsync(process);
        await using var workload = capture.StartWorkload(Seed);
        var lines = new List<string>();
        await ReadToAsync(process, lines, "\"operation\"");

        // From here on nobody reads: the pipe fills, then the credit of the adapter.
        var reader = await ReaderAsync(capture);
        var (atFirst, later) = await WatchMemoryAsync(process);

        Assert.Equal(reader, await ReaderAsync(capture));
        Assert.True(later < atFirst + AllowedGrowth, $"resident memory grew from {atFirst >> 20} to {later >> 20} MiB");
        await workload.StopAsync();
        await ReadToAsync(process, lines, await capture.CommitMarkerAsync());
        await capture.VerifyAsync(lines, Seed);
        var bytes = lines.Sum(line => (long)line.Length);
        Assert.True(bytes > LeastBytes, $"{bytes} bytes came, which the credit of an adapter could have held: the test tests nothing");
    }

    /// <summary>The server process that serves the slot; another one means that the connection broke.</summary>
    private static async Task<int> ReaderAsync(Capture capture) =>
        await capture.Cluster.ScalarAsync<int>("SELECT coalesce(active_pid, 0) FROM pg_replication_slots");

    private static async Task<(long AtFirst, long Later)> WatchMemoryAsync(PgCdcProcess process)
    {
        await Task.Delay(s_settling);
        var atFirst = process.ResidentBytes();
        var later = 0L;
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < s_blocked - s_settling)
        {
            await Task.Delay(s_sampling);
            later = Math.Max(later, process.ResidentBytes());
        }
        return (atFirst, later);
    }

    private static async Task ReadToAsync(PgCdcProcess process, List<string> lines, string text)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        do
            lines.Add(await process.Output.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException($"The output ended. {process.Describe()}"));
        while (!lines[^1].Contains(text, StringComparison.Ordinal));
    }
}
