namespace Orleans.Concurrency;

/// <summary>A call of this method may start while any other request of the activation is suspended.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
