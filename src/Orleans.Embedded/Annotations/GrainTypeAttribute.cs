namespace Orleans;

/// <summary>Names the grain type; without it the class name in lower case, without the suffix "grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}
