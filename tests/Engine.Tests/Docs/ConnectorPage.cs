using System.Text;
using PgCdc.Engine.Configuration;

namespace PgCdc.Engine.Tests.Docs;

/// <summary>Writes the page of a connector from what its options declare.</summary>
internal static class ConnectorPage
{
    public static string PathOf(ConnectorSpec connector) => $"docs/connectors/{connector.Name}.md";

    public static string Write(ConnectorSpec connector)
    {
        var page = new StringBuilder();
        var role = connector.Role == ConnectorRole.Adapter ? "adapter" : "detector";
        page.Append($"# {connector.Name} ({role})\n\n{connector.Description}\n\n");
        if (connector.Parameters.Count == 0) page.Append("It has no options.\n");
        else WriteTable(page, connector.Parameters);
        page.Append("\nGenerated from the declarations of the options; to change it, see [CONTRIBUTING](../../CONTRIBUTING.md#documents).\n");
        return page.ToString();
    }

    private static void WriteTable(StringBuilder page, IReadOnlyList<ParameterSpec> parameters)
    {
        page.Append("| key | flag | environment | type | default | rules | meaning |\n|---|---|---|---|---|---|---|\n");
        foreach (var parameter in parameters) page.Append($"| {string.Join(" | ", Cells(parameter))} |\n");
    }

    private static string[] Cells(ParameterSpec parameter) =>
    [
        Code(parameter.Key),
        Code(parameter.Flag ?? ""),
        Code(ParameterNames.EnvironmentVariable(parameter.Key)),
        parameter.Type,
        Code(parameter.Default),
        string.Join(' ', parameter.Validations),
        parameter.Description.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal),
    ];

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}
