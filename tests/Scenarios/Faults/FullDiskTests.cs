using PgCdc.Scenarios.Processes;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>No space left under the output, then under the state: the pipeline waits, says why, and goes on.</summary>
public sealed class FullDiskTests
{
    private const int Seed = 1_000;
    private const int DiskMegabytes = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Output_DiskFull_PausesAndGoesOn()
    {
        await using var capture = await Capture.CreateAsync();
        await RunWithFullDiskAsync(capture, Path.GetDirectoryName(capture.OutputPath)!);
    }

    [Fact]
    public async Task State_DiskFull_PausesAndGoesOn()
    {
        await using var capture = await Capture.CreateAsync();
        await RunWithFullDiskAsync(capture, capture.StateDirectory);
    }

    private static async Task RunWithFullDiskAsync(Capture capture, string folder)
    {
        await using var disk = await SmallDisk.MountAsync(folder, DiskMegabytes);
        await using var process = capture.Start();
        await capture.SlotExistsAsync(process);
        await using var workload = capture.StartWorkload(Seed);
        await Eventually.HoldsAsync("the first events", () => !capture.Output.IsEmpty(), s_patience, process.Describe);

        await FillUntilNoticedAsync(disk, process);
        process.EnsureRuns();
        var goal = workload.Committed + 100;
        await Eventually.HoldsAsync("more transactions on a full disk", () => workload.Committed > goal, s_patience);
        disk.Free();
        await workload.StopAsync();

        await capture.CatchUpAsync(process);
        await capture.VerifyAsync(Seed);
        await process.KillAsync();
    }

    /// <summary>Clean-up under way may free a little again, so it is filled up until the pipeline runs into it.</summary>
    private static Task FillUntilNoticedAsync(SmallDisk disk, PgCdcProcess process) => Eventually.HoldsAsync(
        "a word about the full disk in the log",
        () =>
        {
            disk.Fill();
            return process.LogContains("no space left");
        },
        s_patience,
        process.Describe);
}
