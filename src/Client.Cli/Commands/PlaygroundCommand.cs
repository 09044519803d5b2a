using System.CommandLine;
using System.CommandLine.Parsing;
using PgCdc.Client.Cli.Commands.Playground;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc playground</c>: a database, somebody who changes it, and a pipeline that shows the changes.</summary>
internal static class PlaygroundCommand
{
    private const int DefaultRate = 100;
    private const int MaxRate = 100_000;
    private static readonly TimeSpan s_defaultDuration = TimeSpan.FromSeconds(30);

    public static Command Create(CliContext context)
    {
        var database = new Option<string?>("--db") { Description = "PostgreSQL to play in, as a URL; a private server is started when empty." };
        var rate = new Option<int?>("--rate") { Description = $"Row changes per second (default {DefaultRate})." };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = $"How long changes are generated; 0 means until Ctrl-C (default {GoDuration.Format(s_defaultDuration)}).",
            CustomParser = ParseDuration,
        };
        var quiet = new Option<bool>("--quiet") { Description = "Do not print events." };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > MaxRate)
                result.AddError($"--rate: must be between 1 and {MaxRate}");
        });
        var command = new Command("playground", "Watch changes of a small shop flow through a pipeline.") { database, rate, duration, quiet };
        command.SetAction((parsed, stop) =>
        {
            var options = new PlaygroundOptions
            {
                Database = parsed.GetValue(database),
                Rate = parsed.GetValue(rate) ?? DefaultRate,
                Duration = parsed.GetValue(duration) ?? s_defaultDuration,
                Quiet = parsed.GetValue(quiet),
            };
            return new PlaygroundRun(options, context, TimeProvider.System).RunAsync(stop);
        });
        return command;
    }

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (!GoDuration.TryParse(text, out var duration) || duration < TimeSpan.Zero)
            result.AddError($"--duration: '{text}' is not a duration such as 30s or 5m");
        return duration;
    }
}
