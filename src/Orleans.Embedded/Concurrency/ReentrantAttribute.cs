namespace Orleans.Concurrency;

/// <summary>Every method of the grain class may interleave with every other.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
