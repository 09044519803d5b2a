using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Network;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>The connection to the server breaks, in the loud and in the silent way.</summary>
public sealed class NetworkTests
{
    private const int Seed = 4_711;
    private const int Cuts = 4;

    [Fact]
    public async Task Connection_CutUnderLoad_LosesAndReordersNothing()
    {
        await using var capture = await Capture.CreateAsync();
        await using var proxy = TcpProxy.Start("127.0.0.1", capture.Cluster.Port);
        await using var process = capture.Start(proxy.Port);
        await capture.SlotExistsAsync(process);

        await using var workload = capture.StartWorkload(Seed);
        for (var cut = 1; cut <= Cuts; cut++)
        {
            await MoreBytesAsync(proxy, process);
            if (cut % 2 == 0)
                proxy.Cut();
            else
                proxy.Reset();
        }
        await workload.StopAsync();

        await capture.CatchUpAsync(process);
        await capture.VerifyAsync(Seed);
    }

    [Fact]
    public async Task Connection_HalfOpen_IsReplaced()
    {
        await using var capture = await Capture.CreateAsync();
        await using var proxy = TcpProxy.Start("127.0.0.1", capture.Cluster.Port);
        await using var process = capture.Start(proxy.Port);
        await capture.SlotExistsAsync(process);

        await using var workload = capture.StartWorkload(Seed);
        await MoreBytesAsync(proxy, process);
        proxy.Freeze();
        // Nothing arrives and nothing is closed: the pipeline can only notice the silence.
        await process.LogContainsAsync("half-open", TimeSpan.FromSeconds(60));
        proxy.Thaw();
        await workload.StopAsync();

        await capture.CatchUpAsync(process);
        await capture.VerifyAsync(Seed);
    }

    private static async Task MoreBytesAsync(TcpProxy proxy, PgCdcProcess process)
    {
        const int bytes = 200_000;
        var goal = proxy.BytesFromTarget + bytes;
        await Eventually.HoldsAsync("more changes through the proxy", () => proxy.BytesFromTarget > goal, TimeSpan.FromSeconds(90), process.Describe);
    }
}
