using PgCdc.Engine.Tests.Architecture;

namespace PgCdc.Engine.Tests.Docs;

/// <summary>The documents of the repository.</summary>
internal static class Pages
{
    private static readonly string[] s_notOurs = ["bin", "obj", "artifacts", "node_modules"];

    /// <summary>Every document, with its path from the root.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. from path in Directory.EnumerateFiles(SourceTree.Root, "*.md", SearchOption.AllDirectories)
           let relative = Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/')
           where !relative.Split('/').Any(part => part.StartsWith('.') || s_notOurs.Contains(part))
           orderby relative
           select new Page(relative, File.ReadAllText(path)),
    ];

    public static Page Named(string path) => All.Single(page => page.Path == path);
}
