using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using PgCdc.Client.Cli.Output;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc version</c>: which build this is.</summary>
internal static class VersionCommand
{
    private const string EmbeddedHost = "embedded";

    public static Command Create(CliContext context)
    {
        var format = OutputFlag.Create();
        var command = new Command("version", "Show version and build.") { format };
        command.SetAction(parsed => Run(context, parsed.WantsJson(format)));
        return command;
    }

    /// <summary>Version without the commit.</summary>
    public static string Number => Parts().Version;

    private static void Run(CliContext context, bool json)
    {
        var (version, commit) = Parts();
        var build = new BuildView(version, commit, RuntimeInformation.FrameworkDescription, Os(), Architecture(), GrainHost(), "full");
        if (json) JsonOutput.Write(context.Output, build);
        else context.Output.WriteLine($"pgcdc {version} ({commit ?? "no commit"}, {build.Runtime}, {build.Os}/{build.Arch}, grain host {build.GrainHost})");
    }

    private static (string Version, string? Commit) Parts()
    {
        var text = Own().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);
        return (text[0], text.Length > 1 ? text[1][..Math.Min(12, text[1].Length)] : null);
    }

    private static string GrainHost() =>
        Own().GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "GrainHost")?.Value ?? EmbeddedHost;

    private static string Os() => OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "windows";

    private static string Architecture() => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static Assembly Own() => typeof(VersionCommand).Assembly;

    private sealed record BuildView(string Version, string? Commit, string Runtime, string Os, string Arch, string GrainHost, string Build);
}
