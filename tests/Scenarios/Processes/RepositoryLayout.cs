namespace PgCdc.Scenarios.Processes;

/// <summary>Where the build put what the scenarios run.</summary>
internal static class RepositoryLayout
{
    private const string Marker = "PgCdc.Orleans.sln";

    /// <summary>The built command line program, of the same configuration as this test program.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        var target = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var configuration = target.Parent!.Name;
        var root = target;
        while (!File.Exists(Path.Combine(root.FullName, Marker)))
            root = root.Parent ?? throw new InvalidOperationException($"No {Marker} above {AppContext.BaseDirectory}.");
        var program = Path.Combine(root.FullName, "src", "Client.Cli", "bin", configuration, target.Name, "pgcdc.dll");
        return File.Exists(program) ? program : throw new InvalidOperationException($"{program} is missing: build src/Client.Cli -c {configuration}.");
    }
}
