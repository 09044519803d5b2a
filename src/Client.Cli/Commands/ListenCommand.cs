using System.CommandLine;
using System.Runtime.InteropServices;
using PgCdc.Client.Cli.Flags;
using PgCdc.Engine.Configuration;
using PgCdc.Silo;
using PgCdc.Silo.Logging;

namespace PgCdc.Client.Cli.Commands;

/// <summary><c>pgcdc listen</c>: runs one pipeline until a signal stops it.</summary>
internal static class ListenCommand
{
    public static Command Create(CliContext context)
    {
        var command = new Command("listen", "Run one pipeline.");
        var flags = new ConfigurationFlags(context, command);
        command.SetAction((parsed, stop) => RunAsync(context, WithLogFormat(flags.Read(parsed)), stop));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, ListenConfiguration configuration, CancellationToken stop)
    {
        if (configuration.LogFormat != LogFormat.Json) context.Errors.WriteLine(Banner(configuration));
        using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            configuration.Reload!.Request();
        });
        return await PipelineProcess.RunAsync(configuration, context.Errors, stop);
    }

    private static ListenConfiguration WithLogFormat(ListenConfiguration configuration) => configuration with
    {
        LogFormat = LineLoggerProvider.Resolve(configuration.LogFormat, isTerminal: !Console.IsErrorRedirected, Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    private static string Banner(ListenConfiguration configuration)
    {
        var pipeline = configuration.Pipeline;
        var adapters = string.Join(", ", pipeline.Adapters.Select(adapter => adapter.Name));
        return $"pgcdc {VersionCommand.Number}: pipeline {pipeline.Name}, {pipeline.Detector.Name} -> {adapters}, bus {pipeline.BusMode.ToString().ToLowerInvariant()}";
    }
}
