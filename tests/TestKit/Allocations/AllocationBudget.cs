using System.Text.Json;
using Xunit;

namespace PgCdc.TestKit.Allocations;

/// <summary>The written-down budget, bench/Micro/allocations.json, and the way to measure against it.</summary>
public static class AllocationBudget
{
    private const int WarmUps = 20;
    private const int Rounds = 50;

    /// <summary>Runs a piece of work many times on this thread and fails when it allocates more per event than the budget gives.</summary>
    public static void Check(string name, int events, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (var round = 0; round < WarmUps; round++)
            work();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            work();

        var perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Rounds * events);
        var budget = Of(name);
        Assert.True(perEvent <= budget, $"{name}: {perEvent:F2} bytes per event, {budget} are allowed by bench/Micro/allocations.json");
    }

    private static double Of(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Allocations", "allocations.json")));
        return file.RootElement.GetProperty("bytesPerEvent").GetProperty(name).GetDouble();
    }
}
