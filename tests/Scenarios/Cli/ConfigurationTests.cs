using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class ConfigurationTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task Listen_WithoutDetector_PointsToTheWays()
    {
        var (exitCode, output, errors) = await _folder.RunAsync("listen");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            "Error: config validation: no detector is chosen; use --detector wal with --publication NAME, or --all-tables to capture every table",
            errors);
    }

    [Fact]
    public async Task Listen_FaultsInFlagEnvironmentAndFile_AreOneLineThatNamesEachOrigin()
    {
        _folder.Write("pgcdc.yaml", "detector:\n  publicaton: p\nfile:\n  max_size: big\n");
        var (exitCode, _, errors) = await _folder.RunAsync("listen --detector wal --cooperative-checkpoint -a file --log-level loud", ("PGCDC_FILE_MAX_FILES", "0"));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "Error: config validation: detector.publicaton: unknown key; did you mean detector.publication? (pgcdc.yaml:2); "
            + "log_level: 'loud' is not one of debug, info, warn, error (--log-level); "
            + "database_url is required; "
            + "detector.publication: no publication is named; set --publication or --all-tables; "
            + "detector.cooperative_checkpoint needs detector.persistent_slot; set --persistent-slot; "
            + "file.path is required; "
            + "file.max_size: 'big' is not a whole number (pgcdc.yaml:4); "
            + "file.max_files: '0' is below the minimum 1 (PGCDC_FILE_MAX_FILES)",
            errors);
    }

    [Fact]
    public async Task Listen_NamedFileThatIsMissing_Refuses()
    {
        var (exitCode, _, errors) = await _folder.RunAsync("listen --config other.yaml --all-tables --db x");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("Error: config validation: config file other.yaml cannot be read: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigValidate_FileOfListen_IsValid()
    {
        _folder.Write("shop.yaml", "database_url: postgres://localhost/shop\ndetector: {type: wal, publication: shop}\nadapters: [stdout]\n");

        Assert.Equal((0, "shop.yaml is valid.\n", ""), await _folder.RunAsync("config validate shop.yaml"));
    }

    [Fact]
    public async Task ConfigValidate_UnknownKey_Refuses()
    {
        _folder.Write("pgcdc.yaml", "database_url: postgres://localhost/shop\ndetector: {type: wal, publication: shop}\nadaptors: [stdout]\n");

        Assert.Equal((1, "", "Error: config validation: adaptors: unknown key; did you mean adapters? (pgcdc.yaml:3)"), await _folder.RunAsync("config validate"));
    }

    [Fact]
    public async Task ConfigDiff_TwoFiles_ListsTheDifferencesByKey()
    {
        _folder.Write("a.yaml", "bus: {mode: fast, buffer_size: 10}\nadapters: [stdout]\n");
        _folder.Write("b.yaml", "bus: {mode: reliable}\nadapters: [stdout]\nstate_dir: /s\n");

        Assert.Equal((0, "- bus.buffer_size: 10\n  bus.mode: fast -> reliable\n+ state_dir: /s\n", ""), await _folder.RunAsync("config diff a.yaml b.yaml"));
        Assert.Equal((0, "No differences found.\n", ""), await _folder.RunAsync("config diff a.yaml a.yaml"));
    }

    [Fact]
    public async Task Validate_Offline_ChecksPartByPart()
    {
        var (exitCode, output, errors) = await _folder.RunAsync("validate --offline --all-tables --db postgres://localhost/shop");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches(@"(?m)^COMPONENT +STATUS +DURATION +MESSAGE$", output);
        Assert.Matches(@"(?m)^config +OK ", output);
        Assert.Matches(@"(?m)^spec/wal +OK ", output);
        Assert.Matches(@"(?m)^detector/wal +SKIP +- +offline$", output);
        Assert.Matches(@"(?m)^spec/stdout +OK ", output);
    }

    [Fact]
    public async Task Validate_UnreachableDatabase_FailsInJsonToo()
    {
        var (exitCode, output, errors) = await _folder.RunAsync("validate -o json --all-tables --db postgres://localhost:1/shop");

        Assert.Equal((1, "Error: validation failed"), (exitCode, errors));
        var rows = System.Text.Json.JsonDocument.Parse(output).RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("component").GetString()!);
        Assert.Equal("FAIL", rows["detector/wal"].GetProperty("status").GetString());
        Assert.EndsWith("ms", rows["detector/wal"].GetProperty("duration").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
