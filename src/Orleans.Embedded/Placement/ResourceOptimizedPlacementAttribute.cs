using Orleans.Embedded.Activations;

namespace Orleans.Placement;

/// <summary>A new activation lives on the silo with the fewest activations.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute
{
    internal override PlacementKind Kind => PlacementKind.LeastLoaded;
}
