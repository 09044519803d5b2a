using PgCdc.Configuration;
using PgCdc.Errors;

namespace PgCdc.Engine.Configuration;

/// <summary>Turns flags, environment and file into one checked configuration. Reading again gives the configuration after a change of the file.</summary>
public sealed class PipelineConfiguration
{
    // The detector that --all-tables chooses when none is named.
    private const string AllTablesDetector = "wal";
    private const string AllTablesKey = "detector.all_tables";

    private static readonly OptionsSpec Core = OptionsSpec.From<PipelineOptions>();

    private readonly ConnectorCatalog _catalog;
    private readonly string _nameWithoutSlot;

    /// <param name="catalog">The connectors.</param>
    /// <param name="nameWithoutSlot">Name for a pipeline that neither the user nor a slot names.</param>
    public PipelineConfiguration(ConnectorCatalog catalog, string nameWithoutSlot)
    {
        _catalog = catalog;
        _nameWithoutSlot = nameWithoutSlot;
    }

    /// <summary>The options that belong to no connector.</summary>
    public static IReadOnlyList<ParameterSpec> CoreParameters => Core.Parameters;

    /// <summary>Every option of a catalogue once, by key: the pipeline's own first, then those of the connectors.</summary>
    public static IReadOnlyDictionary<string, ParameterSpec> Parameters(ConnectorCatalog catalog)
    {
        var parameters = new OrderedDictionary<string, ParameterSpec>(StringComparer.Ordinal);
        foreach (var parameter in CoreParameters.Concat(catalog.Detectors.Concat(catalog.Adapters).SelectMany(spec => spec.Parameters)))
            parameters.TryAdd(parameter.Key, parameter);
        return parameters;
    }

    /// <summary>Reads and checks.</summary>
    /// <exception cref="ConfigurationException">Everything that is wrong.</exception>
    public ListenConfiguration Read(LayeredValues values)
    {
        var problems = new List<string>(values.FileProblems(Parameters(_catalog), RouteSettings.Section));
        var options = (PipelineOptions)Core.Bind(values.Find, problems);
        var (detector, source) = ReadDetector(options, values, problems);
        var adapters = ReadAdapters(options.Adapters, values, problems);
        var routes = RouteSettings.Read(values, options.Adapters, problems);
        var busMode = ChooseBusMode(options.BusMode, source, problems);
        if (problems.Count > 0) throw new ConfigurationException(problems);

        return new ListenConfiguration
        {
            Pipeline = new PipelineDefinition
            {
                Name = options.PipelineName ?? source?.DurableName ?? _nameWithoutSlot,
                Detector = detector!,
                Adapters = adapters,
                BusMode = busMode,
                BufferSize = options.BufferSize,
                ShutdownTimeout = options.ShutdownTimeout,
                BackoffBase = options.BackoffBase,
                BackoffCap = options.BackoffCap,
                Routes = routes,
            },
            IsDurable = source?.DurableName is not null,
            StateDirectory = options.StateDirectory,
            MetricsAddress = options.MetricsAddress is "" ? null : options.MetricsAddress,
            LogLevel = options.LogLevel,
            LogFormat = options.LogFormat,
        };
    }

    private (ConnectorDefinition? Definition, IDurableSource? Source) ReadDetector(PipelineOptions options, LayeredValues values, List<string> problems)
    {
        var type = options.Detector ?? (WantsAllTables(values) ? AllTablesDetector : null);
        if (type is null)
        {
            problems.Add("no detector is chosen; use --detector wal with --publication NAME, or --all-tables to capture every table");
            return default;
        }

        if (Bind(ConnectorRole.Detector, type, values, problems) is not var (spec, bound)) return default;
        return (Definition(spec, values), bound as IDurableSource);
    }

    private List<ConnectorDefinition> ReadAdapters(IReadOnlyList<string> types, LayeredValues values, List<string> problems)
    {
        var adapters = new List<ConnectorDefinition>();
        foreach (var type in types)
        {
            if (adapters.Any(adapter => adapter.Name == type)) problems.Add($"adapters: '{type}' is named twice");
            else if (Bind(ConnectorRole.Adapter, type, values, problems) is var (spec, _)) adapters.Add(Definition(spec, values));
        }

        return adapters;
    }

    private (ConnectorSpec Spec, object Options)? Bind(ConnectorRole role, string type, LayeredValues values, List<string> problems)
    {
        if (_catalog.Find(role, type) is { } spec) return (spec, spec.Bind(values.Find, problems));
        problems.Add(_catalog.UnknownText(role, type));
        return null;
    }

    private bool WantsAllTables(LayeredValues values) =>
        _catalog.Find(ConnectorRole.Detector, AllTablesDetector)?.Parameters.FirstOrDefault(parameter => parameter.Key == AllTablesKey) is { } parameter
        && values.Find(parameter) is { } given
        && given.Text != "false";

    // With a durable place acks govern what is confirmed, so dropping is only for those who ask for it; without one, events are lost between connections anyway.
    private static BusMode ChooseBusMode(BusMode? chosen, IDurableSource? source, List<string> problems)
    {
        if (chosen == BusMode.Fast && source is { DemandsAcks: true })
            problems.Add("bus.mode: 'fast' drops events, which cooperative checkpointing forbids; use --bus-mode reliable or leave it out");
        return chosen ?? (source?.DurableName is null ? BusMode.Fast : BusMode.Reliable);
    }

    private static ConnectorDefinition Definition(ConnectorSpec spec, LayeredValues values)
    {
        var given = from parameter in spec.Parameters
                    let value = values.Find(parameter)
                    where value is not null
                    select KeyValuePair.Create(parameter.Key, value.Text);
        return new ConnectorDefinition(spec.Name, spec.Name, new Dictionary<string, string>(given, StringComparer.Ordinal));
    }
}
