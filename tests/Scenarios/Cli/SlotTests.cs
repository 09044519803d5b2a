using System.Text.Json;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class SlotTests : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();
    private PostgresCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PostgresCluster.StartNewAsync();
        await _cluster.ExecuteAsync("SELECT pg_create_logical_replication_slot('pgcdc_shop', 'pgoutput'), pg_create_logical_replication_slot('other', 'pgoutput')");
    }

    [Fact]
    public async Task Slots_ListStatusDrop_ShowAndRemove()
    {
        var listed = await RunAsync("slot list");
        Assert.Equal((0, ""), (listed.ExitCode, listed.Errors));
        Assert.Matches(@"(?m)^SLOT +PLUGIN +TYPE +ACTIVE +RESTART_LSN +CONFIRMED_FLUSH_LSN$", listed.Output);
        Assert.Matches(@"(?m)^pgcdc_shop +pgoutput +logical +false +[0-9A-F]+/[0-9A-F]+ +[0-9A-F]+/[0-9A-F]+$", listed.Output);
        Assert.DoesNotContain("other", listed.Output, StringComparison.Ordinal);

        var json = JsonDocument.Parse((await RunAsync("slot list -o json")).Output).RootElement[0];
        Assert.Equal(
            ["slot", "plugin", "type", "active", "restart_lsn", "confirmed_flush_lsn"],
            json.EnumerateObject().Select(member => member.Name));

        var status = JsonDocument.Parse((await RunAsync("slot status --name other -o json")).Output).RootElement;
        Assert.Matches(@"^\d+(\.\d)? (B|KB|MB|GB)$", status.GetProperty("wal_retained").GetString());

        Assert.Equal((0, "Slot \"pgcdc_shop\" dropped.\n", ""), await RunAsync("slot drop --name pgcdc_shop"));
        Assert.Equal((1, "", "Error: slot \"pgcdc_shop\" not found"), await RunAsync("slot drop --name pgcdc_shop"));
        Assert.Equal((1, "", "Error: slot \"pgcdc_shop\" not found"), await RunAsync("slot status --name pgcdc_shop"));
    }

    [Fact]
    public async Task Validate_ReachableDatabase_IsFineAndMakesNothing()
    {
        var (exitCode, output, errors) = await RunAsync("validate --all-tables");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches(@"(?m)^detector/wal +OK +\d+ms +could start$", output);
        Assert.Equal(0, await _cluster.ScalarAsync<long>("SELECT count(*) FROM pg_publication"));
    }

    [Fact]
    public async Task Validate_MissingPublication_Fails()
    {
        var (exitCode, output, _) = await RunAsync("validate --detector wal --publication nowhere");

        Assert.Equal(1, exitCode);
        Assert.Matches(@"(?m)^detector/wal +FAIL +\d+ms +.*nowhere", output);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    // The database comes from the environment, as PGCDC_DATABASE_URL.
    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string arguments) => _folder.RunAsync(arguments, ("PGCDC_DATABASE_URL", _cluster.Uri));
}
