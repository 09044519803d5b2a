namespace Orleans.Runtime;

/// <summary>A key or a type name inside a <see cref="GrainId"/>.</summary>
public readonly record struct IdSpan
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    public bool IsDefault => _value is null;

    public static IdSpan Create(string id) => new(id);

    public override string ToString() => _value ?? "";
}
