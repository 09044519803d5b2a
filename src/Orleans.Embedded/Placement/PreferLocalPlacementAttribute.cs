using Orleans.Embedded.Activations;

namespace Orleans.Placement;

/// <summary>A new activation lives on the silo of the caller.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute
{
    internal override PlacementKind Kind => PlacementKind.PreferLocal;
}
