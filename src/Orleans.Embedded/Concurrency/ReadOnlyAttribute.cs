namespace Orleans.Concurrency;

/// <summary>Calls of such methods may interleave with each other, never with other methods.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
