using PgCdc.Scenarios.Processes;

namespace PgCdc.Scenarios.Cli;

/// <summary>An empty folder to run the program in; removed in the end.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pgcdc-cli-");

    public string Path => _folder.FullName;

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <summary>Runs the program with arguments as a shell splits them.</summary>
    public Task<(int ExitCode, string Output, string Errors)> RunAsync(string arguments, params (string Name, string Value)[] environment) =>
        Shell.RunAsync($"dotnet {RepositoryLayout.Program} {arguments}", Path, environment);

    public void Dispose() => _folder.Delete(recursive: true);
}
