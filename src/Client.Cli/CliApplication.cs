using System.CommandLine;
using System.CommandLine.Help;
using PgCdc.Client.Cli.Commands;
using PgCdc.Client.Cli.Flags;
using PgCdc.Errors;

namespace PgCdc.Client.Cli;

/// <summary>The command line: parses, runs, and turns every failure into one line on stderr and exit code 1.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] args)
    {
        var context = new CliContext(args);
        var parsed = CommandTree(context).Parse(args);
        if (UsageErrors.Text(parsed) is { } wrong) return Fail(context, wrong);

        using var signals = new StopSignals(context.Errors);
        try
        {
            // Signals are ours; the default exception handler would print a stack trace for every error of the user.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Stop);
        }
        catch (CommandFailedException e)
        {
            return Fail(context, e.Message);
        }
        catch (PgCdcException e)
        {
            return Fail(context, e.Message);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return Fail(context, "stopped before the end");
        }
        catch (Exception e)
        {
            return Fail(context, $"unexpected failure: {e}");
        }
    }

    internal static RootCommand CommandTree(CliContext context)
    {
        var root = new RootCommand("Change data capture for PostgreSQL.")
        {
            ListenCommand.Create(context),
            PlaygroundCommand.Create(context),
            StatusCommand.Create(context),
            ValidateCommand.Create(context),
            ListCommand.Create(context),
            DescribeCommand.Create(context),
            SlotCommand.Create(context),
            ConfigCommand.Create(context),
            CompletionCommand.Create(context),
            VersionCommand.Create(context),
        };
        // Windows' forms of -h and -? would only stand in the way of paths.
        foreach (var help in root.Options.OfType<HelpOption>().Select(option => option.Aliases))
        {
            help.Remove("/h");
            help.Remove("/?");
        }

        foreach (var command in root.Subcommands.Where(command => command.Subcommands.Count > 0).Prepend(root))
            command.SetAction(parsed => command.Parse(["--help"]).Invoke());
        return root;
    }

    private static int Fail(CliContext context, string text)
    {
        context.Errors.WriteLine($"Error: {text}");
        return 1;
    }
}
