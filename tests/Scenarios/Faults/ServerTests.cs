using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>The server crashes and recovers under a running pipeline.</summary>
public sealed class ServerTests
{
    private const int Seed = 77;
    private const int Crashes = 3;

    [Fact]
    public async Task Server_CrashedUnderLoad_LosesAndReordersNothing()
    {
        await using var capture = await Capture.CreateAsync();
        await using var process = capture.Start();
        await capture.SlotExistsAsync(process);

        await using var workload = capture.StartWorkload(Seed);
        for (var crash = 1; crash <= Crashes; crash++)
        {
            var goal = workload.Committed + 150;
            await Eventually.HoldsAsync("150 more transactions", () => workload.Committed > goal, TimeSpan.FromSeconds(60));
            await capture.Cluster.RestartAsync(StopMode.Immediate);
        }
        await workload.StopAsync();

        await capture.CatchUpAsync(process);
        await capture.VerifyAsync(Seed);
    }
}
