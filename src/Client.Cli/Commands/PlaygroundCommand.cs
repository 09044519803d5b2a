using System.CommandLine;
using PgCdc.Client.Cli.Commands.Playground;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc playground</c>: a database, somebody who changes it, and a pipeline that shows the changes.</summary>
internal static class PlaygroundCommand
{
    private const string DefaultDuration = "30s";
    private const int DefaultRate = 100;
    private const int MaxRate = 100_000;

    public static Command Create(CliContext context)
    {
        var database = new Option<string?>("--db") { Description = "PostgreSQL to play in, as a URL; a private server is started when empty." };
        var rate = new Option<int>("--rate") { Description = $"Row changes per second (default {DefaultRate}).", DefaultValueFactory = _ => DefaultRate };
        var duration = new Option<string>("--duration")
        {
            Description = $"How long changes are generated; 0 means until Ctrl-C (default {DefaultDuration}).",
            DefaultValueFactory = _ => DefaultDuration,
        };
        var quiet = new Option<bool>("--quiet") { Description = "Do not print events." };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxRate)
                result.AddError($"--rate: must be between 1 and {MaxRate}");
        });
        duration.Validators.Add(result =>
        {
            if (!GoDuration.TryParse(result.GetValueOrDefault<string>(), out var value) || value < TimeSpan.Zero)
                result.AddError($"--duration: '{result.GetValueOrDefault<string>()}' is not a duration such as 30s or 5m");
        });
        var command = new Command("playground", "Watch changes of a small shop flow through a pipeline.") { database, rate, duration, quiet };
        command.SetAction((parsed, stop) =>
        {
            GoDuration.TryParse(parsed.GetValue(duration), out var length);
            var options = new PlaygroundOptions
            {
                Database = parsed.GetValue(database),
                Rate = parsed.GetValue(rate),
                Duration = length,
                Quiet = parsed.GetValue(quiet),
            };
            return new PlaygroundRun(options, context, TimeProvider.System).RunAsync(stop);
        });
        return command;
    }
}
