using System.CommandLine;
using PgCdc.Client.Cli.Output;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc describe CONNECTOR</c>: its options.</summary>
internal static class DescribeCommand
{
    public static Command Create(CliContext context)
    {
        var format = OutputFlag.Create();
        var name = new Argument<string>("connector") { Description = "Name as in pgcdc list." };
        name.CompletionSources.Add(_ => All(context.Catalog).Select(spec => spec.Name).Distinct());
        var command = new Command("describe", "Show the options of a connector.") { name, format };
        command.SetAction(parsed => Run(context, Find(context.Catalog, parsed.GetRequiredValue(name)), parsed.WantsJson(format)));
        return command;
    }

    private static ConnectorView Find(ConnectorCatalog catalog, string name)
    {
        var spec = All(catalog).FirstOrDefault(spec => spec.Name == name)
            ?? throw new CommandFailedException($"unknown connector '{name}'{Suggestion.Text(name, All(catalog).Select(spec => spec.Name))}");
        var parameters = spec.Parameters.Select(p => new ParameterView(p.Key, p.Type, p.Default, p.Required, p.Validations, p.Description));
        return new ConnectorView(spec.Name, spec.Role == ConnectorRole.Adapter ? "adapter" : "detector", spec.Description, [.. parameters]);
    }

    private static IEnumerable<ConnectorSpec> All(ConnectorCatalog catalog) => catalog.Adapters.Concat(catalog.Detectors);

    private static void Run(CliContext context, ConnectorView connector, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, connector);
            return;
        }

        context.Output.WriteLine($"{connector.Name} ({connector.Type}): {connector.Description}");
        if (connector.Params.Count == 0)
        {
            context.Output.WriteLine("It has no options.");
            return;
        }

        context.Output.WriteLine();
        var table = new TextTable("NAME", "TYPE", "DEFAULT", "REQUIRED", "VALIDATIONS", "DESCRIPTION");
        foreach (var p in connector.Params)
            table.Add(p.Name, p.Type, p.Default.Length == 0 ? "-" : p.Default, p.Required ? "yes" : "no", p.Validations.Count == 0 ? "-" : string.Join(' ', p.Validations), p.Description);
        table.Write(context.Output);
    }

    private sealed record ConnectorView(string Name, string Type, string Description, IReadOnlyList<ParameterView> Params);

    private sealed record ParameterView(string Name, string Type, string Default, bool Required, IReadOnlyList<string> Validations, string Description);
}
