using PgCdc.Scenarios.Oracle;
using PgCdc.Scenarios.Processes;
using PgCdc.Scenarios.Workload;
using Xunit;

namespace PgCdc.Scenarios.Faults;

public sealed class WorkloadTests
{
    [Fact]
    public async Task Workload_Running_FillsEveryTable()
    {
        await using var capture = await Capture.CreateAsync();
        await using (var workload = capture.StartWorkload(seed: 1))
            await Eventually.HoldsAsync("400 transactions", () => workload.Committed > 400, TimeSpan.FromSeconds(60));

        await using var connection = await capture.Cluster.OpenAsync();
        var contents = await TableContents.ReadAsync(connection, WorkloadTables.All.Select(table => table.Name));

        Assert.All(contents, table => Assert.NotEmpty(table.Value));
    }
}
