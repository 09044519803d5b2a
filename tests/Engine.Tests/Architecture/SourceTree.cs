using System.Reflection;

namespace PgCdc.Engine.Tests.Architecture;

/// <summary>The source code that these tests read, and the assemblies made of it.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Source { get; } = Path.Combine(Root, "src");

    /// <summary>Names of the projects, which are the folders of src.</summary>
    public static string[] Projects { get; } =
        [.. Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Our assemblies, those of the other grain host excepted.</summary>
    public static Assembly[] Assemblies { get; } =
        [.. Projects.Select(AssemblyName).Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"))).Select(Assembly.Load)];

    public static string AssemblyName(string project) => project == "Client.Cli" ? "pgcdc" : "PgCdc." + project;

    /// <summary>C# files below a folder of src, with their paths from there.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Source, path)
        where !relative.Split('/').Any(part => part is "bin" or "obj")
        orderby relative
        select (relative, File.ReadAllText(path));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "PgCdc.Orleans.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("PgCdc.Orleans.sln is in no parent folder of the tests."));
}
