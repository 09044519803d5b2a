namespace Orleans.Runtime;

/// <summary>The name of a grain class in identities and storage.</summary>
public readonly record struct GrainType(IdSpan Value)
{
    public bool IsDefault => Value.IsDefault;

    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public override string ToString() => Value.ToString();
}
