namespace PgCdc.Scenarios.Processes;

/// <summary>Where the build put what the scenarios run.</summary>
internal static class RepositoryLayout
{
    private const string Marker = "PgCdc.Orleans.sln";

    /// <summary>The built command line program, built like this test program.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, Marker)))
            root = root.Parent ?? throw new InvalidOperationException($"No {Marker} above {AppContext.BaseDirectory}.");
        // Configuration, framework and grain host: what stands behind the project's folder is the same for both.
        var output = Path.GetRelativePath(Path.Combine(root.FullName, "tests", "Scenarios"), AppContext.BaseDirectory);
        var program = Path.Combine(root.FullName, "src", "Client.Cli", output, "pgcdc.dll");
        return File.Exists(program) ? program : throw new InvalidOperationException($"{program} is missing: build src/Client.Cli the same way.");
    }
}
