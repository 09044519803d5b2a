using PgCdc.Engine.Tests.Architecture;
using Xunit;

namespace PgCdc.Engine.Tests.Docs;

public sealed class LinkTests
{
    [Fact]
    public void Links_WithinTheRepository_LeadSomewhere()
    {
        var links = (from page in Pages.All
                     from link in page.Links
                     where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
                     select (Page: page, Link: link)).ToArray();

        Assert.NotEmpty(links);
        Assert.Empty(links.Where(found => !Leads(found.Page, found.Link)).Select(found => $"{found.Page.Path}: {found.Link}"));
    }

    private static bool Leads(Page from, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? from.Path : Resolve(from.Path, path);
        if (!Path.Exists(Path.Combine(SourceTree.Root, target))) return false;
        return anchor is null || Pages.All.Any(page => page.Path == target && page.Anchors.Contains(anchor));
    }

    private static string Resolve(string from, string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(SourceTree.Root, from))!;
        return Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(Path.Combine(folder, path))).Replace('\\', '/');
    }
}
