#pragma warning disable CA1040 // Marker interfaces are how grains declare what they are.
namespace Orleans;

/// <summary>A grain interface whose key is an integer.</summary>
public interface IGrainWithIntegerKey : IGrain;
