using System.Globalization;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>The PostgreSQL server programs of this machine, run as a user whom the server accepts: it refuses root.</summary>
internal sealed class ServerPrograms
{
    private const string DebianRoot = "/usr/lib/postgresql";
    private const string Package = "postgresql";
    private readonly string _folder;

    private ServerPrograms(string folder) => _folder = folder;

    private static bool RunsAsRoot { get; } = Environment.UserName == "root";

    /// <summary>Finds the newest installed server; root gets one installed.</summary>
    /// <exception cref="PlaygroundException">There is none, and none could be installed.</exception>
    public static async Task<ServerPrograms> FindOrInstallAsync(TextWriter messages, CancellationToken cancellationToken)
    {
        if (Find() is { } found)
            return found;
        if (!RunsAsRoot || !File.Exists("/usr/bin/apt-get"))
            throw new PlaygroundException("PostgreSQL is not installed: install the package postgresql, or give --db the URL of a server.");
        await messages.WriteLineAsync($"PostgreSQL is not installed: running apt-get install {Package}");
        await InstallAsync(cancellationToken);
        return Find() ?? throw new PlaygroundException($"The package {Package} was installed, but brought no server below {DebianRoot}.");
    }

    /// <summary>Runs a server program as the server's user.</summary>
    /// <exception cref="PlaygroundException">The program failed; carries its words.</exception>
    public async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await AsServerUserAsync(Path.Combine(_folder, program), arguments, cancellationToken);
        if (exitCode != 0)
            throw new PlaygroundException($"{program} failed: {output}");
    }

    /// <summary>Gives a folder and what is in it to the server's user; false when that user cannot reach it.</summary>
    public static async Task<bool> TryHandOverAsync(string folder, CancellationToken cancellationToken)
    {
        if (!RunsAsRoot)
            return true;
        await ProgramRunner.RunAsync("chown", ["-R", "postgres:", folder], cancellationToken);
        var (exitCode, _) = await AsServerUserAsync("test", ["-w", folder], cancellationToken);
        return exitCode == 0;
    }

    private static Task<(int ExitCode, string Output)> AsServerUserAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunsAsRoot
            ? ProgramRunner.RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments], cancellationToken)
            : ProgramRunner.RunAsync(program, arguments, cancellationToken);

    /// <summary>The package lists of a fresh image are empty or old, so a first failure is followed by an update.</summary>
    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        string[] install = ["install", "-y", "-q", "--no-install-recommends", Package];
        var (exitCode, output) = await ProgramRunner.RunAsync("apt-get", install, cancellationToken);
        if (exitCode != 0)
        {
            await ProgramRunner.RunAsync("apt-get", ["update", "-q"], cancellationToken);
            (exitCode, output) = await ProgramRunner.RunAsync("apt-get", install, cancellationToken);
        }
        if (exitCode != 0)
            throw new PlaygroundException($"apt-get install {Package} failed: {output}");
    }

    private static ServerPrograms? Find() =>
        Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) is { } folder ? new ServerPrograms(folder) : null;

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists(DebianRoot) ? Directory.GetDirectories(DebianRoot) : [];
        return debian
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }
}
