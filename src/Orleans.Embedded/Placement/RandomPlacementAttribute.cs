using Orleans.Embedded.Activations;

namespace Orleans.Placement;

/// <summary>A new activation lives on a random silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPlacementAttribute : PlacementAttribute
{
    internal override PlacementKind Kind => PlacementKind.Random;
}
