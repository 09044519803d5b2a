using PgCdc.Scenarios.Processes;
using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class LauncherTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task Launcher_ThroughASymlinkFromElsewhere_BecomesTheProgram()
    {
        var (exitCode, output, errors) = await Shell.RunAsync($"ln -s {Launcher} tool && ./tool version", _folder.Path);

        Assert.True(exitCode == 0, errors);
        Assert.StartsWith("pgcdc ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_WithoutDotnet_SaysWhatToInstall()
    {
        // A path with the few tools that the launcher needs, and no dotnet.
        var script = $"mkdir bin; for tool in bash dirname readlink; do ln -s \"$(command -v $tool)\" bin/; done; PATH=$PWD/bin {Launcher} version";
        var (exitCode, output, errors) = await Shell.RunAsync(script, _folder.Path);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("pgcdc: dotnet is not installed; install the .NET SDK 10 (dotnet-sdk-10.0, https://dotnet.microsoft.com/download/dotnet/10.0).", errors);
    }

    public void Dispose() => _folder.Dispose();

    private static string Launcher
    {
        get
        {
            var folder = new DirectoryInfo(RepositoryLayout.Program);
            while (!File.Exists(Path.Combine(folder.FullName, "PgCdc.Orleans.sln"))) folder = folder.Parent!;
            return Path.Combine(folder.FullName, "pgcdc");
        }
    }
}
