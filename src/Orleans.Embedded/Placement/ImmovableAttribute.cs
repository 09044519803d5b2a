namespace Orleans.Placement;

/// <summary>Accepted: the embedded host never moves a live activation.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImmovableAttribute(ImmovableKind kind = ImmovableKind.Any) : Attribute
{
    public ImmovableKind Kind { get; } = kind;
}
