using System.Text.RegularExpressions;
using Xunit;

namespace PgCdc.Engine.Tests.Architecture;

/// <summary>What simulation cannot control is not used where simulation runs; connectors do not know each other.</summary>
public sealed partial class SourceTextTests
{
    /// <summary>The one class that leaves the caller's scheduler.</summary>
    private const string RunStarter = "Engine/Pipeline/RunStarter.cs";

    [Theory]
    [InlineData("Abstractions")]
    [InlineData("Engine")]
    [InlineData("Grains")]
    public void SimulatedProjects_Sources_LeaveTimeAndSchedulingToTheHost(string project)
    {
        var hits =
            from file in SourceTree.Files(project)
            where file.Path != RunStarter
            from Match match in Uncontrolled().Matches(file.Text)
            select $"{file.Path}: {match.Value}";

        Assert.Empty(hits);
    }

    [Fact]
    public void RunStarter_Source_IsTheExceptionThatIsNeeded() =>
        Assert.Matches(Uncontrolled(), SourceTree.Files("Engine").Single(file => file.Path == RunStarter).Text);

    [Fact]
    public void Connectors_Sources_UseNoSibling()
    {
        var hits =
            from file in SourceTree.Files("Connectors")
            let own = OwnFolder().Match(file.Path)
            from Match match in ConnectorNamespace().Matches(file.Text)
            where own.Value != $"Connectors/{match.Groups["role"].Value}/{match.Groups["name"].Value}/"
            select $"{file.Path}: {match.Value}";

        Assert.Empty(hits);
    }

    [GeneratedRegex(@"\bTask\.Run\(|\bStartNew\(|\bConfigureAwait\(false\)|\bnew (System\.Threading\.)?Thread\(|\bDateTime(Offset)?\.(Utc)?Now\b|\bThreadPool\.|\bRandom\.Shared\b")]
    private static partial Regex Uncontrolled();

    [GeneratedRegex("^Connectors/[^/]+/[^/]+/")]
    private static partial Regex OwnFolder();

    [GeneratedRegex(@"\bPgCdc\.Connectors\.(?<role>Detectors|Adapters|DeadLetters)\.(?<name>\w+)")]
    private static partial Regex ConnectorNamespace();
}
