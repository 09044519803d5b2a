#pragma warning disable CA1040 // Marker interfaces are how grains declare what they are.
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of interfaces that grains call back on objects which are not grains.</summary>
public interface IGrainObserver : IAddressable;
