using System.Xml.Linq;
using Xunit;

namespace PgCdc.Engine.Tests.Architecture;

/// <summary>Which project may use which: what project files say, and what compilers found used.</summary>
public sealed class ProjectArrowTests
{
    private const string EmbeddedHost = "Orleans.Embedded";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Abstractions"] = [],
        ["Engine"] = ["Abstractions"],
        ["Connectors"] = ["Abstractions", "Engine"],
        ["Grains.Interfaces"] = ["Abstractions"],
        ["Grains"] = ["Abstractions", "Engine", "Grains.Interfaces"],
        ["Silo"] = ["Abstractions", "Engine", "Connectors", "Grains.Interfaces", "Grains"],
        ["Client.Cli"] = ["Abstractions", "Engine", "Connectors", "Grains.Interfaces", "Silo"],
        [EmbeddedHost] = [],
    };

    /// <summary>Projects that may use the grain host.</summary>
    private static readonly string[] GrainProjects = ["Grains.Interfaces", "Grains", "Silo", "Client.Cli"];

    public static TheoryData<string> Projects => [.. SourceTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFile_References_FollowTheArrows(string project)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Source, project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        Assert.Empty(references.Except(Allowed[project]));
        Assert.Equal(GrainProjects.Contains(project), file.Descendants("UsesGrainHost").Any(element => element.Value == "true"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_References_FollowTheArrows(string project)
    {
        if (SourceTree.Assemblies.SingleOrDefault(one => one.GetName().Name == SourceTree.AssemblyName(project)) is not { } assembly)
        {
            Assert.Equal(EmbeddedHost, project);
            return;
        }

        var forbidden = assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => IsForbidden(project, name));

        Assert.Empty(forbidden);
    }

    private static bool IsForbidden(string project, string reference) =>
        IsGrainHost(reference) ? !GrainProjects.Contains(project)
        : reference.StartsWith("PgCdc.", StringComparison.Ordinal) ? !Allowed[project].Select(SourceTree.AssemblyName).Contains(reference)
        : project switch
        {
            "Abstractions" or EmbeddedHost => !IsFramework(reference),
            "Engine" => !IsFramework(reference) && reference is not ("YamlDotNet" or "Polly.Core"),
            "Grains.Interfaces" or "Grains" => !IsFramework(reference),
            _ => false,
        };

    private static bool IsGrainHost(string reference) =>
        reference == SourceTree.AssemblyName(EmbeddedHost) || reference.StartsWith("Orleans", StringComparison.Ordinal);

    private static bool IsFramework(string reference) =>
        reference is "System" or "netstandard" || reference.StartsWith("System.", StringComparison.Ordinal)
        || reference.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
