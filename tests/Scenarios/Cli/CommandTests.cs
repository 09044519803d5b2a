using System.Text.Json;
using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class CommandTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task Version_Text_NamesVersionPlatformAndGrainHost()
    {
        var (exitCode, output, errors) = await _folder.RunAsync("version");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches(@"^pgcdc \d+\.\d+\.\d+ \(([0-9a-f]{12}|no commit), \.NET 10\.\S+, linux/\w+, grain host (embedded|orleans)\)\n$", output);
    }

    [Fact]
    public async Task Version_Json_HasTheMembers()
    {
        var (exitCode, output, _) = await _folder.RunAsync("version -o json");

        Assert.Equal(0, exitCode);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal("full", root.GetProperty("build").GetString());
        Assert.Contains(root.GetProperty("grain_host").GetString(), (string[])["embedded", "orleans"]);
        Assert.StartsWith("{\n  \"version\": ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Json_HoldsTheConnectorsOfThisBuild()
    {
        var (exitCode, output, _) = await _folder.RunAsync("list --output json");

        Assert.Equal(0, exitCode);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(["file", "stdout"], Names(root.GetProperty("adapters")));
        Assert.Equal(["wal"], Names(root.GetProperty("detectors")));
    }

    [Fact]
    public async Task List_OneGroup_IsATable()
    {
        var (exitCode, output, _) = await _folder.RunAsync("list adapters");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("NAME    DESCRIPTION\n----    -----------\nfile    ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_Json_ListsTheOptionsWithTheirRules()
    {
        var (exitCode, output, _) = await _folder.RunAsync("describe file -o json");

        Assert.Equal(0, exitCode);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("file", "adapter"), (root.GetProperty("name").GetString(), root.GetProperty("type").GetString()));
        var path = root.GetProperty("params").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "file.path");
        Assert.Equal("string", path.GetProperty("type").GetString());
        Assert.True(path.GetProperty("required").GetBoolean());
        Assert.Equal(["required"], path.GetProperty("validations").EnumerateArray().Select(rule => rule.GetString()));
    }

    [Fact]
    public async Task Describe_Detector_IsATable()
    {
        var (exitCode, output, _) = await _folder.RunAsync("describe wal");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"(?m)^NAME +TYPE +DEFAULT +REQUIRED +VALIDATIONS +DESCRIPTION$", output);
        Assert.Matches(@"(?m)^database_url +secret +- +yes +required +\S", output);
    }

    [Theory]
    [InlineData("lisen", "unknown command 'lisen'; did you mean listen?")]
    [InlineData("slot lst", "unknown command 'lst'; did you mean list?")]
    [InlineData("listen --publicaton p --db x", "unknown flag --publicaton; did you mean --publication?")]
    [InlineData("listen --bus-mod=fast", "unknown flag --bus-mod; did you mean --bus-mode?")]
    [InlineData("listen --kafka-brokers x", "unknown flag --kafka-brokers")]
    [InlineData("list --outptu json", "unknown flag --outptu; did you mean --output?")]
    [InlineData("list views", "'views' is not one of adapters, detectors")]
    [InlineData("version extra", "unexpected argument 'extra'")]
    [InlineData("version -o xml", "--output: 'xml' is not one of table, json")]
    [InlineData("describe fil", "unknown connector 'fil'; did you mean file?")]
    [InlineData("completion tcsh", "'tcsh' is not one of bash, zsh, fish, powershell")]
    [InlineData("slot list", "config validation: database_url is required; set --db")]
    public async Task Mistake_IsOneLineOnStderrAndExitCode1(string arguments, string error)
    {
        var (exitCode, output, errors) = await _folder.RunAsync(arguments);

        Assert.Equal((1, "", $"Error: {error}"), (exitCode, output, errors));
    }

    [Theory]
    [InlineData("")]
    [InlineData("slot")]
    [InlineData("listen --help")]
    public async Task Help_GoesToStdout(string arguments)
    {
        var (exitCode, output, errors) = await _folder.RunAsync(arguments);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string?> Names(JsonElement group) => group.EnumerateArray().Select(connector => connector.GetProperty("name").GetString());
}
