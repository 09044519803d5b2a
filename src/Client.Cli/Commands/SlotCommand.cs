using System.CommandLine;
using PgCdc.Client.Cli.Flags;
using PgCdc.Client.Cli.Output;
using PgCdc.Client.Cli.Slots;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc slot list|status|drop</c>: replication slots of a server.</summary>
internal static class SlotCommand
{
    public static Command Create(CliContext context)
    {
        var database = new DatabaseFlag(context);
        return new Command("slot", "Look at replication slots, and drop them.")
        {
            database.Option,
            database.File,
            List(context, database),
            Status(context, database),
            Drop(context, database),
        };
    }

    private static Command List(CliContext context, DatabaseFlag database)
    {
        var format = OutputFlag.Create();
        var command = new Command("list", "List the slots whose names start with pgcdc_.") { format };
        command.SetAction(async (parsed, stop) =>
        {
            await using var slots = new SlotCatalog(database.Read(parsed));
            var found = await slots.ListAsync(stop);
            Show(context, found, parsed.WantsJson(format));
        });
        return command;
    }

    private static Command Status(CliContext context, DatabaseFlag database)
    {
        var format = OutputFlag.Create();
        var name = NameFlag();
        var command = new Command("status", "Show one slot and the log that the server keeps for it.") { name, format };
        command.SetAction(async (parsed, stop) =>
        {
            await using var slots = new SlotCatalog(database.Read(parsed));
            var slot = await slots.FindAsync(parsed.GetRequiredValue(name), stop) ?? throw NotFound(parsed.GetRequiredValue(name));
            Show(context, slot, parsed.WantsJson(format));
        });
        return command;
    }

    private static Command Drop(CliContext context, DatabaseFlag database)
    {
        var name = NameFlag();
        var command = new Command("drop", "Drop a slot that nobody reads.") { name };
        command.SetAction(async (parsed, stop) =>
        {
            await using var slots = new SlotCatalog(database.Read(parsed));
            var slot = parsed.GetRequiredValue(name);
            if (await slots.FindAsync(slot, stop) is null) throw NotFound(slot);
            await slots.DropAsync(slot, stop);
            context.Output.WriteLine($"Slot \"{slot}\" dropped.");
        });
        return command;
    }

    private static Option<string> NameFlag() => new("--name") { Description = "Name of the slot.", Required = true };

    private static CommandFailedException NotFound(string name) => new($"slot \"{name}\" not found");

    private static void Show(CliContext context, IReadOnlyList<SlotStatus> slots, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, slots.Select(SlotView.Of));
            return;
        }

        var table = new TextTable("SLOT", "PLUGIN", "TYPE", "ACTIVE", "RESTART_LSN", "CONFIRMED_FLUSH_LSN");
        foreach (var slot in slots.Select(SlotView.Of)) table.Add(slot.Cells);
        table.Write(context.Output);
    }

    private static void Show(CliContext context, SlotStatus slot, bool json)
    {
        var view = SlotView.WithRetained(slot);
        if (json)
        {
            JsonOutput.Write(context.Output, view);
            return;
        }

        var table = new TextTable("SLOT", "PLUGIN", "TYPE", "ACTIVE", "RESTART_LSN", "CONFIRMED_FLUSH_LSN", "WAL_RETAINED");
        table.Add([.. view.Cells, view.WalRetained ?? "-"]);
        table.Write(context.Output);
    }
}
