using System.CommandLine;
using PgCdc.Client.Cli.Flags;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc config validate|diff</c>: checks and compares configuration files.</summary>
internal static class ConfigCommand
{
    public static Command Create(CliContext context) => new("config", "Check and compare configuration files.") { Validate(context), Diff(context) };

    private static Command Validate(CliContext context)
    {
        var file = new Argument<string?>("file") { Description = "File to check (default ./pgcdc.yaml).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("validate", "Check a file as listen would, without connecting.") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file) ?? ConfigurationFile.DefaultName;
            var values = new LayeredValues(new Dictionary<string, IReadOnlyList<string>>(), Environment.GetEnvironmentVariable, YamlFile.Read(path));
            new PipelineConfiguration(context.Catalog, "pipeline").Read(values);
            context.Output.WriteLine($"{path} is valid.");
        });
        return command;
    }

    private static Command Diff(CliContext context)
    {
        var before = new Argument<string>("a") { Description = "File before." };
        var after = new Argument<string>("b") { Description = "File after." };
        var command = new Command("diff", "Compare two files key by key.") { before, after };
        command.SetAction(parsed =>
        {
            var lines = Differences(YamlFile.Read(parsed.GetRequiredValue(before)).Texts, YamlFile.Read(parsed.GetRequiredValue(after)).Texts).ToArray();
            foreach (var line in lines) context.Output.WriteLine(line);
            if (lines.Length == 0) context.Output.WriteLine("No differences found.");
        });
        return command;
    }

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var key in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (!before.TryGetValue(key, out var old)) yield return $"+ {key}: {after[key]}";
            else if (!after.TryGetValue(key, out var value)) yield return $"- {key}: {old}";
            else if (old != value) yield return $"  {key}: {old} -> {value}";
        }
    }
}
