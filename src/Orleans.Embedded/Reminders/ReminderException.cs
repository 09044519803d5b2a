#pragma warning disable CA1032 // The constructors of the Orleans type.
namespace Orleans.Runtime;

/// <summary>A reminder could not be registered, read or removed.</summary>
public sealed class ReminderException(string message) : OrleansException(message);
