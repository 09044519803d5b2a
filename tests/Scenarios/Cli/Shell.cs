using System.Diagnostics;

namespace PgCdc.Scenarios.Cli;

/// <summary>Runs a bash script to its end.</summary>
internal static class Shell
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script, string workingDirectory, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, (await errors).TrimEnd('\n'));
    }
}
