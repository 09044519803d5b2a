#pragma warning disable CA1040 // Marker interfaces are how grains declare what they are.
namespace Orleans;

/// <summary>A grain interface whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;
