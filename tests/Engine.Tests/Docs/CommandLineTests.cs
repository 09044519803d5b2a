using System.CommandLine;
using System.Text.RegularExpressions;
using PgCdc.Client.Cli;
using Xunit;

namespace PgCdc.Engine.Tests.Docs;

/// <summary>What the documents tell people to type exists.</summary>
public sealed partial class CommandLineTests
{
    private static readonly string[] s_pages = ["README.md", "docs/delivery.md", "docs/privileges.md"];
    private static readonly RootCommand s_root = CliApplication.CommandTree(new CliContext(["listen", "validate"]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Flags_InPage_Exist(string path)
    {
        var page = Pages.Named(path);
        var flags = Invocations(page).Concat(page.CodeSpans.Where(code => code.StartsWith("--", StringComparison.Ordinal)))
            .SelectMany(text => FlagForm().Matches(text).Select(match => match.Value)).Distinct().ToArray();

        Assert.NotEmpty(flags);
        Assert.Empty(flags.Except(Options(s_root)));
    }

    [Fact]
    public void Commands_InReadme_Exist()
    {
        var commands = Invocations(Pages.Named("README.md")).Select(line => CommandForm().Match(line).Groups[1].Value).Distinct().ToArray();

        Assert.NotEmpty(commands);
        Assert.Empty(commands.Except(s_root.Subcommands.Select(command => command.Name)));
    }

    [Fact]
    public void Commands_OfTheProgram_AreInReadme()
    {
        var readme = Pages.Named("README.md").Text;

        Assert.All(s_root.Subcommands, command => Assert.Contains($"`{command.Name}", readme, StringComparison.Ordinal));
    }

    public static TheoryData<string> Names() => [.. s_pages];

    private static IEnumerable<string> Invocations(Page page) =>
        page.CodeLines.Select(line => CommandForm().Match(line)).Where(match => match.Success).Select(match => match.Value);

    private static IEnumerable<string> Options(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Concat(command.Subcommands.SelectMany(Options));

    [GeneratedRegex(@"\./pgcdc ([a-z]+)[^|>#]*", RegexOptions.CultureInvariant)]
    private static partial Regex CommandForm();

    [GeneratedRegex("--[a-z][a-z-]*", RegexOptions.CultureInvariant)]
    private static partial Regex FlagForm();
}
