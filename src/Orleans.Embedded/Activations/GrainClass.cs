using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>What the host knows about a grain class.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<GrainConstructor> _constructor;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? DefaultNameOf(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.Kind ?? PlacementKind.LeastLoaded;
        _constructor = new Lazy<GrainConstructor>(() => new GrainConstructor(type));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public PlacementKind Placement { get; }

    public object Construct(Activation activation) => _constructor.Value.Construct(activation);

    /// <summary>Idle time after which activations of the class are collected; infinite for never.</summary>
    public TimeSpan AgeLimit(GrainCollectionOptions options) =>
        Type.IsDefined(typeof(KeepAliveAttribute)) ? Timeout.InfiniteTimeSpan
        : Type.GetCustomAttribute<CollectionAgeLimitAttribute>() is { } limit ? limit.AgeLimit
        : options.ClassSpecificCollectionAge.GetValueOrDefault(Type.FullName!, options.CollectionAge);

    private static string DefaultNameOf(Type type)
    {
#pragma warning disable CA1308 // Orleans writes grain types in lower case; stored state is keyed by them.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }
}
