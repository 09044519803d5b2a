using System.CommandLine;
using PgCdc.Client.Cli.Control;
using PgCdc.Client.Cli.Output;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Files;
using PgCdc.Engine.State;
using PgCdc.Files;
using PgCdc.Silo.Http;
using PgCdc.Silo.Pipelines;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc status [PIPELINE]</c>: where the pipelines of a state directory stand, asked of their processes, or read from their state.</summary>
internal static class StatusCommand
{
    private static readonly ParameterSpec StateDirectory = PipelineConfiguration.CoreParameters.Single(parameter => parameter.Key == "state_dir");

    public static Command Create(CliContext context)
    {
        var pipeline = new Argument<string?>("PIPELINE") { Description = "Name of one pipeline; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        var variable = ParameterNames.EnvironmentVariable(StateDirectory.Key);
        var directory = new Option<string>(StateDirectory.Flag!)
        {
            Description = $"Folder of the pipelines' state (env {variable}).",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? StateDirectory.Default,
        };
        var format = OutputFlag.Create();
        var command = new Command("status", "Show where the pipelines of a state directory stand.") { pipeline, directory, format };
        command.SetAction(async (parsed, stop) =>
        {
            var found = await ReadAsync(parsed.GetRequiredValue(directory), parsed.GetValue(pipeline), stop);
            if (parsed.WantsJson(format))
                JsonOutput.Write(context.Output, new PipelineListView(found.Count, found));
            else
                StatusText.WriteTable(context.Output, found);
        });
        return command;
    }

    private static async Task<IReadOnlyList<PipelineStatusView>> ReadAsync(string directory, string? only, CancellationToken cancellationToken)
    {
        var files = new PhysicalFileSystem();
        var names = StatePaths.Pipelines(files, directory);
        if (only is not null && !names.Contains(only))
            throw new CommandFailedException($"pipeline '{only}' has no state in '{directory}'{Suggestion.Text(only, names)}; set --state-dir to where it runs");

        var found = new List<PipelineStatusView>();
        foreach (var name in names.Where(name => only is null || name == only).Order(StringComparer.Ordinal))
            found.Add(await ReadAsync(files, StatePaths.Of(directory, name), cancellationToken));

        return found;
    }

    private static async Task<PipelineStatusView> ReadAsync(IFileSystem files, StatePaths paths, CancellationToken cancellationToken)
    {
        try
        {
            using var process = new ControlClient(paths.ControlSocket);
            return await process.GetAsync(paths.Pipeline, cancellationToken);
        }
        catch (ControlException)
        {
            return StoredStatus.Read(files, paths);
        }
    }
}
