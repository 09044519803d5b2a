#pragma warning disable CA1040 // Marker interfaces are how grains declare what they are.
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of all grain interfaces.</summary>
public interface IGrain : IAddressable;
