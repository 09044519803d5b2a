using System.Collections.Frozen;
using System.Reflection;
using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Errors;
using PgCdc.Sources;

namespace PgCdc.Engine.Configuration;

/// <summary>Every connector there is, by role and name. Made once at start, then frozen; thread safe.</summary>
public sealed class ConnectorCatalog
{
    private readonly FrozenDictionary<(ConnectorRole Role, string Name), ConnectorSpec> _specs;

    private ConnectorCatalog(IEnumerable<ConnectorSpec> specs)
    {
        var found = specs.OrderBy(spec => spec.Name, StringComparer.Ordinal).ToArray();
        var twice = found.GroupBy(spec => (spec.Role, spec.Name)).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"Two connectors are the {RoleText(twice.Key.Role)} '{twice.Key.Name}'.");
        _specs = found.ToFrozenDictionary(spec => (spec.Role, spec.Name));
        Detectors = [.. found.Where(spec => spec.Role == ConnectorRole.Detector)];
        Adapters = [.. found.Where(spec => spec.Role == ConnectorRole.Adapter)];
    }

    /// <summary>The detectors, by name.</summary>
    public IReadOnlyList<ConnectorSpec> Detectors { get; }

    /// <summary>The adapters, by name.</summary>
    public IReadOnlyList<ConnectorSpec> Adapters { get; }

    /// <summary>Finds the connectors of an assembly.</summary>
    /// <exception cref="InvalidOperationException">Two connectors of a role have one name.</exception>
    public static ConnectorCatalog Scan(Assembly assembly) => Of(assembly.GetTypes());

    /// <summary>Takes the connectors among some types.</summary>
    public static ConnectorCatalog Of(params IEnumerable<Type> types) => new(
        from type in types
        where type.IsDefined(typeof(ConnectorAttribute), inherit: false)
        from spec in ConnectorSpec.From(Activator.CreateInstance(type, nonPublic: true)!)
        select spec);

    /// <summary>The same connectors and one more, made by hand.</summary>
    /// <param name="connector">Carries its <see cref="ConnectorAttribute"/>.</param>
    public ConnectorCatalog With(object connector) => new(_specs.Values.Concat(ConnectorSpec.From(connector)));

    /// <summary>The connector of a name, or null.</summary>
    public ConnectorSpec? Find(ConnectorRole role, string name) => _specs.GetValueOrDefault((role, name));

    /// <summary>Makes a detector.</summary>
    /// <param name="type">Name of the connector.</param>
    /// <param name="values">Values given, by full key path.</param>
    /// <param name="context">Surroundings.</param>
    /// <exception cref="ConfigurationException">Everything that is wrong with name and values.</exception>
    public IDetector CreateDetector(string type, IReadOnlyDictionary<string, string> values, ConnectorContext context) =>
        (IDetector)Create(ConnectorRole.Detector, type, values, context);

    /// <summary>Makes an adapter.</summary>
    /// <inheritdoc cref="CreateDetector"/>
    public IBatchAdapter CreateAdapter(string type, IReadOnlyDictionary<string, string> values, ConnectorContext context) =>
        (IBatchAdapter)Create(ConnectorRole.Adapter, type, values, context);

    /// <summary>What to say about a name that no connector of the role has.</summary>
    public string UnknownText(ConnectorRole role, string name)
    {
        var known = (role == ConnectorRole.Detector ? Detectors : Adapters).Select(spec => spec.Name).ToArray();
        return $"unknown {RoleText(role)} '{name}'{Suggestion.Text(name, known)} (known: {string.Join(", ", known)})";
    }

    private object Create(ConnectorRole role, string type, IReadOnlyDictionary<string, string> values, ConnectorContext context)
    {
        var spec = Find(role, type) ?? throw new ConfigurationException(UnknownText(role, type));
        return spec.Create(spec.Bind(values), context);
    }

    private static string RoleText(ConnectorRole role) => ParameterNames.Separated(role.ToString(), '-');
}
