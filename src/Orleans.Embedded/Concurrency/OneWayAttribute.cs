namespace Orleans.Concurrency;

/// <summary>The caller does not learn how the call ended; its task is complete when the call is sent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
