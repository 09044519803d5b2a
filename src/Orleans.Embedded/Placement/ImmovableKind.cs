namespace Orleans.Placement;

/// <summary>Which movers of activations must leave the grain alone.</summary>
[Flags]
#pragma warning disable CA1028, CA1008 // The shape of the Orleans type.
public enum ImmovableKind : byte
{
    Repartitioner = 1,
    Rebalancer = 2,
    Any = Repartitioner | Rebalancer,
}
