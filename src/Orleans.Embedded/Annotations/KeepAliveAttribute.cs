namespace Orleans;

/// <summary>Idle activations of the class are never collected.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;
