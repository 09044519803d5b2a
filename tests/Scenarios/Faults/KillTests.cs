using PgCdc.Scenarios.Processes;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>The process dies at random moments and comes back on the same state.</summary>
public sealed class KillTests
{
    private const int Seed = 20_260;
    private static readonly TimeSpan s_longestLife = TimeSpan.FromMilliseconds(2_500);

    private static int Kills => Environment.GetEnvironmentVariable("PGCDC_SOAK") == "1" ? 500 : 20;

    [Fact]
    public async Task Process_KilledAtRandomMoments_LosesAndReordersNothing()
    {
        var random = new Random(Seed);
        await using var capture = await Capture.CreateAsync();
        await using (var first = capture.Start())
            await capture.SlotExistsAsync(first);

        await using var workload = capture.StartWorkload(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var process = capture.Start();
            // Some lives end while it starts, the others in full flow, however long starting takes on this machine and grain host.
            if (kill % 3 != 0)
                await process.LogContainsAsync("captures changes", TimeSpan.FromSeconds(60));
            await Task.Delay(random.NextDouble() * s_longestLife);
            process.EnsureRuns();
        }
        await workload.StopAsync();

        await using var last = capture.Start();
        await capture.CatchUpAsync(last);
        var oracle = await capture.VerifyAsync(Seed);
        Assert.True(oracle.Distinct > Kills * 50, $"only {oracle.Distinct} events");
        Assert.True(oracle.Repeated > 0, "no kill came between delivery and checkpoint: the test tests nothing");
    }

    [Fact]
    public async Task Process_Terminated_DrainsAndRepeatsNothing()
    {
        await using var capture = await Capture.CreateAsync();
        await using (var process = capture.Start())
        {
            await capture.SlotExistsAsync(process);
            await using var workload = capture.StartWorkload(Seed);
            await Eventually.HoldsAsync("500 transactions", () => workload.Committed > 500, TimeSpan.FromSeconds(60));

            process.Send(Signal.TERM);

            Assert.Equal(0, await process.ExitAsync(TimeSpan.FromSeconds(15)));
        }

        await using var second = capture.Start();
        await capture.CatchUpAsync(second);
        var oracle = await capture.VerifyAsync(Seed);
        Assert.Equal(0, oracle.Repeated);
    }

    [Fact]
    public async Task Process_StoppedLongerThanTheServerWaits_GoesOn()
    {
        await using var capture = await Capture.CreateAsync();
        await using var process = capture.Start();
        await capture.SlotExistsAsync(process);
        await using var workload = capture.StartWorkload(Seed);
        await Eventually.HoldsAsync("100 transactions", () => workload.Committed > 100, TimeSpan.FromSeconds(60));

        process.Send(Signal.STOP);
        await Eventually.HoldsAsync(
            "the server's timeout of the stopped reader",
            () => capture.Cluster.ScalarAsync<bool>("SELECT NOT active FROM pg_replication_slots"),
            TimeSpan.FromSeconds(30));
        process.Send(Signal.CONT);
        await workload.StopAsync();

        await capture.CatchUpAsync(process);
        await capture.VerifyAsync(Seed);
    }
}
