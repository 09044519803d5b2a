namespace Orleans;

/// <summary>Marks an <see cref="IConverter{TValue, TSurrogate}"/> that the host finds by itself.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
