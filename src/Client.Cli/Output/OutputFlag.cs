using System.CommandLine;

namespace PgCdc.Client.Cli.Output;

/// <summary>The flag <c>-o/--output table|json</c>.</summary>
internal static class OutputFlag
{
    private const string Table = "table";
    private const string Json = "json";

    public static Option<string> Create()
    {
        var option = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => Table, HelpName = "table|json" };
        option.CompletionSources.Add(Table, Json);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not (Table or Json) } token]) result.AddError($"--output: '{token.Value}' is not one of {Table}, {Json}");
        });
        return option;
    }

    public static bool WantsJson(this ParseResult parsed, Option<string> option) => parsed.GetValue(option) == Json;
}
