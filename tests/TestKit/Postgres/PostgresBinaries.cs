using System.Diagnostics;

namespace PgCdc.TestKit.Postgres;

/// <summary>The PostgreSQL programs of this machine, run as a user the server accepts (it refuses root).</summary>
public static class PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";
    private static readonly Lazy<string> s_folder = new(Find);

    private static bool RunsAsRoot { get; } = Environment.UserName == "root";

    /// <summary>Full path of a program such as <c>psql</c>, of the newest version installed.</summary>
    public static string PathOf(string program) => Path.Combine(s_folder.Value, program);

    /// <summary>Runs a program of the server's user to its end; a non-zero exit is an error with the program's own words.</summary>
    internal static Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunsAsRoot
            ? ExecuteAsync("runuser", ["-u", "postgres", "--", program, .. arguments], cancellationToken)
            : ExecuteAsync(program, arguments, cancellationToken);

    /// <summary>Gives a file or folder to the server's user.</summary>
    internal static Task HandOverAsync(string path, CancellationToken cancellationToken) =>
        RunsAsRoot ? ExecuteAsync("chown", ["-R", "postgres:", path], cancellationToken) : Task.CompletedTask;

    private static async Task ExecuteAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            // The server's user may be unable to enter the caller's folder.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}: {await errors}{await output}");
    }

    private static string Find() =>
        Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new InvalidOperationException($"PostgreSQL is not installed: no initdb in {DebianRoot}/*/bin or on PATH (apt-get install postgresql).");

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists(DebianRoot) ? Directory.GetDirectories(DebianRoot) : [];
        return debian
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }
}
