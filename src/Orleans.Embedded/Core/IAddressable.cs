#pragma warning disable CA1040 // Marker interfaces are how grains declare what they are.
namespace Orleans.Runtime;

/// <summary>Something that can be called through a reference: a grain or an observer.</summary>
public interface IAddressable;
