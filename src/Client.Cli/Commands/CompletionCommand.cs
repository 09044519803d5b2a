using System.CommandLine;
using System.Reflection;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc completion SHELL</c>: prints a script that asks this program what can follow.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Shells) };
        shell.CompletionSources.Add(Shells);
        var command = new Command("completion", "Print a completion script for a shell.") { shell };
        command.SetAction(parsed => context.Output.Write(Script(parsed.GetRequiredValue(shell))));
        return command;
    }

    private static string Script(string shell)
    {
        if (!Shells.Contains(shell)) throw new CommandFailedException($"'{shell}' is not one of {string.Join(", ", Shells)}");
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
