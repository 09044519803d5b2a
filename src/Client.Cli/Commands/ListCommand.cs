using System.CommandLine;
using PgCdc.Client.Cli.Output;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc list [adapters|detectors]</c>: the connectors there are.</summary>
internal static class ListCommand
{
    private const string Adapters = "adapters";
    private const string Detectors = "detectors";

    public static Command Create(CliContext context)
    {
        var format = OutputFlag.Create();
        var group = new Argument<string?>("group") { Description = "adapters or detectors; both when left out.", Arity = ArgumentArity.ZeroOrOne };
        group.CompletionSources.Add(Adapters, Detectors);
        var command = new Command("list", "List connectors.") { group, format };
        command.SetAction(parsed => Run(context, Groups(context.Catalog, parsed.GetValue(group)), parsed.WantsJson(format)));
        return command;
    }

    private static Dictionary<string, ConnectorView[]> Groups(ConnectorCatalog catalog, string? wanted)
    {
        var groups = new Dictionary<string, ConnectorView[]> { [Adapters] = Views(catalog.Adapters), [Detectors] = Views(catalog.Detectors) };
        if (wanted is null) return groups;
        return groups.TryGetValue(wanted, out var group)
            ? new() { [wanted] = group }
            : throw new CommandFailedException($"'{wanted}' is not one of {Adapters}, {Detectors}");
    }

    private static ConnectorView[] Views(IEnumerable<ConnectorSpec> specs) => [.. specs.Select(spec => new ConnectorView(spec.Name, spec.Description))];

    private static void Run(CliContext context, Dictionary<string, ConnectorView[]> groups, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, groups);
            return;
        }

        foreach (var (name, connectors) in groups)
        {
            if (groups.Count > 1) context.Output.WriteLine($"{name}:");
            var table = new TextTable("NAME", "DESCRIPTION");
            foreach (var connector in connectors) table.Add(connector.Name, connector.Description);
            table.Write(context.Output);
            if (groups.Count > 1) context.Output.WriteLine();
        }
    }

    private sealed record ConnectorView(string Name, string Description);
}
