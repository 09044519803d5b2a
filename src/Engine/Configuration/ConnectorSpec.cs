using System.Reflection;
using PgCdc.Configuration;
using PgCdc.Errors;

namespace PgCdc.Engine.Configuration;

/// <summary>A connector as users see it: name, text and options. Immutable.</summary>
public sealed class ConnectorSpec
{
    private readonly OptionsSpec _options;
    private readonly Func<object, ConnectorContext, object> _create;

    private ConnectorSpec(ConnectorAttribute declared, ConnectorRole role, Type options, Func<object, ConnectorContext, object> create)
    {
        Name = declared.Name;
        Description = declared.Description;
        Role = role;
        _options = OptionsSpec.From(options, declared.Section ?? declared.Name.Replace('-', '_'));
        _create = create;
    }

    public string Name { get; }

    public string Description { get; }

    public ConnectorRole Role { get; }

    public IReadOnlyList<ParameterSpec> Parameters => _options.Parameters;

    /// <summary>Reads what a connector's class declares of itself: one spec per role it plays.</summary>
    /// <exception cref="InvalidOperationException">The class is no connector.</exception>
    internal static IEnumerable<ConnectorSpec> From(object connector)
    {
        var type = connector.GetType();
        var declared = type.GetCustomAttribute<ConnectorAttribute>() ?? throw new InvalidOperationException($"{type} has no [Connector].");
        var roles = type.GetInterfaces().Where(IsConnector).ToArray();
        if (roles.Length == 0) throw new InvalidOperationException($"{type} has [Connector] but makes neither a detector nor an adapter.");
        return roles.Select(role => From(connector, declared, role));
    }

    /// <summary>Makes options from the values found; what is wrong is added to the problems.</summary>
    public object Bind(Func<ParameterSpec, ConfiguredValue?> find, List<string> problems) => _options.Bind(find, problems);

    /// <summary>Makes options from values by key.</summary>
    /// <exception cref="ConfigurationException">Every unknown key and every value that cannot be used.</exception>
    public object Bind(IReadOnlyDictionary<string, string> values)
    {
        var problems = new List<string>();
        var known = Parameters.Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(from key in values.Keys.Order(StringComparer.Ordinal)
                          where !known.Contains(key)
                          select $"{key}: unknown key of {Name}{Suggestion.Text(key, known)}");
        var options = Bind(parameter => values.TryGetValue(parameter.Key, out var text) ? new ConfiguredValue(text) : null, problems);
        return problems.Count == 0 ? options : throw new ConfigurationException(problems);
    }

    internal object Create(object options, ConnectorContext context) => _create(options, context);

    private static bool IsConnector(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IDetectorConnector<>) || type.GetGenericTypeDefinition() == typeof(IAdapterConnector<>));

    private static ConnectorSpec From(object connector, ConnectorAttribute declared, Type role)
    {
        var options = role.GetGenericArguments()[0];
        var isDetector = role.GetGenericTypeDefinition() == typeof(IDetectorConnector<>);
        var factory = typeof(ConnectorSpec).GetMethod(isDetector ? nameof(DetectorFactory) : nameof(AdapterFactory), BindingFlags.NonPublic | BindingFlags.Static)!;
        var create = (Func<object, ConnectorContext, object>)factory.MakeGenericMethod(options).Invoke(null, [connector])!;
        return new ConnectorSpec(declared, isDetector ? ConnectorRole.Detector : ConnectorRole.Adapter, options, create);
    }

    private static Func<object, ConnectorContext, object> DetectorFactory<TOptions>(IDetectorConnector<TOptions> connector)
        where TOptions : class, new() => (options, context) => connector.Create((TOptions)options, context);

    private static Func<object, ConnectorContext, object> AdapterFactory<TOptions>(IAdapterConnector<TOptions> connector)
        where TOptions : class, new() => (options, context) => connector.Create((TOptions)options, context);
}
