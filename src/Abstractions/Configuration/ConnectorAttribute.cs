namespace PgCdc.Configuration;

/// <summary>Names a connector for the catalogue.</summary>
/// <param name="name">Unique among the connectors of its role, such as <c>kafka</c>.</param>
/// <param name="description">One sentence for people.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConnectorAttribute(string name, string description) : Attribute
{
    /// <summary>Name in flags and files.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for people.</summary>
    public string Description { get; } = description;

    /// <summary>YAML section and flag prefix of its options, where it is not the name.</summary>
    public string? Section { get; init; }
}
