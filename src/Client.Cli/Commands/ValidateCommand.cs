using System.CommandLine;
using PgCdc.Client.Cli.Flags;
using PgCdc.Client.Cli.Output;
using PgCdc.Client.Cli.Validation;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc validate</c>: checks a configuration as <c>listen</c> would use it, and whether source and destinations answer.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliContext context)
    {
        var format = OutputFlag.Create();
        var offline = new Option<bool>("--offline") { Description = "Do not connect." };
        var command = new Command("validate", "Check a configuration and its connections.") { format, offline };
        var flags = new ConfigurationFlags(context, command);
        command.SetAction(async (parsed, stop) =>
        {
            var check = new ConfigurationCheck(context.Catalog, connects: !parsed.GetValue(offline));
            var rows = await check.RunAsync(() => flags.Read(parsed), stop);
            Show(context, rows, parsed.WantsJson(format));
            if (rows.Any(row => row.Status == CheckStatus.Fail)) throw new CommandFailedException("validation failed");
        });
        return command;
    }

    private static void Show(CliContext context, IReadOnlyList<CheckRow> rows, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, rows);
            return;
        }

        var table = new TextTable("COMPONENT", "STATUS", "DURATION", "MESSAGE");
        foreach (var row in rows) table.Add(row.Component, row.Status, row.Duration, row.Message);
        table.Write(context.Output);
    }
}
