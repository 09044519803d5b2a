using PgCdc.Connectors;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Tests.Architecture;
using Xunit;

namespace PgCdc.Engine.Tests.Docs;

/// <summary>docs/connectors is what the connectors declare. Set PGCDC_WRITE_DOCS=1 to write it anew.</summary>
public sealed class ConnectorPageTests
{
    private const string WriteVariable = "PGCDC_WRITE_DOCS";

    private static readonly ConnectorSpec[] s_connectors = Connectors(BuiltInConnectors.Catalog());

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_OfConnector_IsUpToDate(string name)
    {
        var connector = s_connectors.Single(connector => connector.Name == name);
        var path = Path.Combine(SourceTree.Root, ConnectorPage.PathOf(connector));
        var expected = ConnectorPage.Write(connector);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(path, expected);

        Assert.True(File.Exists(path), $"{ConnectorPage.PathOf(connector)} is missing; run the tests with {WriteVariable}=1.");
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void Pages_InFolder_HaveAConnector()
    {
        var pages = Pages.All.Select(page => page.Path).Where(path => path.StartsWith("docs/connectors/", StringComparison.Ordinal));

        Assert.Empty(pages.Except(s_connectors.Select(ConnectorPage.PathOf)));
    }

    public static TheoryData<string> Names() => [.. s_connectors.Select(connector => connector.Name)];

    private static ConnectorSpec[] Connectors(ConnectorCatalog catalog) => [.. catalog.Detectors, .. catalog.Adapters];
}
