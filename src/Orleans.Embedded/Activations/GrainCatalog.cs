using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Finds grain classes and converters in the assemblies that were built for this host.</summary>
internal sealed class GrainCatalog
{
    private static readonly ConcurrentDictionary<Assembly, AssemblyContents> Scanned = new();

    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();
    private readonly ConcurrentDictionary<GrainType, GrainClass> _byType = new();

    /// <summary>Converters by the type they convert.</summary>
    public ConcurrentDictionary<Type, Type> Converters { get; } = new();

    public GrainClass ClassOf(Type grainInterface, string? prefix = null) =>
        _byInterface.GetOrAdd((grainInterface, prefix), static (key, catalog) => catalog.Find(key.Interface, key.Prefix), this);

    public GrainClass ClassOf(GrainType type)
    {
        if (!_byType.ContainsKey(type))
            ScanNewAssemblies();
        return _byType.TryGetValue(type, out var found)
            ? found
            : throw new ArgumentException($"Could not find a grain class for grain type '{type}'.");
    }

    /// <summary>Reads assemblies that were loaded, or can be reached, since the last look.</summary>
    public void ScanNewAssemblies()
    {
        lock (_lock)
        {
            foreach (var assembly in GrainAssemblies.All())
            {
                if (_assemblies.Add(assembly))
                    Take(Scanned.GetOrAdd(assembly, static a => new AssemblyContents(a)));
            }
        }
    }

    private void Take(AssemblyContents contents)
    {
        foreach (var grainClass in contents.Classes)
        {
            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
                throw new InvalidOperationException(
                    $"{grainClass.Type} and {_byType[grainClass.GrainType].Type} are both the grain type '{grainClass.GrainType}'; name one with [GrainType].");
        }

        foreach (var (converted, converter) in contents.Converters)
            Converters[converted] = converter;
    }

    private GrainClass Find(Type grainInterface, string? prefix)
    {
        ScanNewAssemblies();
        var found = _byType.Values
            .Where(c => grainInterface.IsAssignableFrom(c.Type) && (prefix is null || c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)))
            .ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {grainInterface}. Candidates: {string.Join(", ", found.Select(static c => c.GrainType))}"),
        };
    }
}
