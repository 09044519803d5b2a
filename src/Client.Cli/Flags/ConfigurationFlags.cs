using System.CommandLine;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Flags;

/// <summary>The flags of a pipeline's configuration, made from the declarations of its options, and the configuration they give.</summary>
internal sealed class ConfigurationFlags
{
    private readonly CliContext _context;
    private readonly List<Option> _options = [];
    private readonly Option<string> _file = ConfigurationFile.Flag();

    public ConfigurationFlags(CliContext context, Command command)
    {
        _context = context;
        command.Add(_file);
        if (!context.Mentions(command.Name)) return;

        _options.AddRange(from parameter in PipelineConfiguration.Parameters(context.Catalog).Values where parameter.Flag is not null select ToOption(parameter, context.Catalog));
        _options.Add(new Option<string[]>(RouteSettings.Flag) { Description = RouteSettings.Description, Arity = ArgumentArity.OneOrMore });
        foreach (var option in _options) command.Add(option);
    }

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="Errors.ConfigurationException">Everything that is wrong with it.</exception>
    public ListenConfiguration Read(ParseResult parsed)
    {
        var flags = Given(parsed);
        var path = parsed.GetValue(_file);
        var configuration = new PipelineConfiguration(_context.Catalog, $"pipeline-{Guid.NewGuid():N}"[..17]);
        var read = () => configuration.Read(new LayeredValues(flags, Environment.GetEnvironmentVariable, ConfigurationFile.Read(path)));
        return read() with { Reload = new ConfigurationReload(read) };
    }

    private Dictionary<string, IReadOnlyList<string>> Given(ParseResult parsed)
    {
        var given = from option in _options
                    let result = parsed.GetResult(option)
                    where result is { Implicit: false }
                    let texts = result.Tokens.Select(token => token.Value).ToArray()
                    select KeyValuePair.Create<string, IReadOnlyList<string>>(option.Name, texts.Length == 0 ? ["true"] : texts);
        return new Dictionary<string, IReadOnlyList<string>>(given, StringComparer.Ordinal);
    }

    private static Option ToOption(ParameterSpec parameter, ConnectorCatalog catalog)
    {
        Option option = parameter switch
        {
            { IsSwitch: true } => new Option<bool>(parameter.Flag!),
            { IsList: true } => new Option<string[]>(parameter.Flag!) { Arity = ArgumentArity.OneOrMore },
            _ => new Option<string>(parameter.Flag!) { Arity = ArgumentArity.ExactlyOne },
        };
        if (parameter.Alias is { } alias) option.Aliases.Add(alias);
        option.Description = parameter.Default.Length > 0 ? $"{parameter.Description} (default {parameter.Default})" : parameter.Description;
        option.HelpName = parameter.Type;
        var choices = Choices(parameter, catalog);
        if (choices.Length > 0) option.CompletionSources.Add(choices);
        return option;
    }

    private static string[] Choices(ParameterSpec parameter, ConnectorCatalog catalog) => parameter.Key switch
    {
        "detector.type" => [.. catalog.Detectors.Select(spec => spec.Name)],
        "adapters" => [.. catalog.Adapters.Select(spec => spec.Name)],
        _ => [.. parameter.Choices],
    };
}
