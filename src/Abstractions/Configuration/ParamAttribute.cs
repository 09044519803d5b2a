namespace PgCdc.Configuration;

/// <summary>Declares an option of a connector: binding, checks, flags, <c>describe</c> and the documentation follow from it.</summary>
/// <param name="description">One sentence for people.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParamAttribute(string description) : Attribute
{
    /// <summary>One sentence for people.</summary>
    public string Description { get; } = description;

    /// <summary>Command line flag with its dashes, where it does not follow from section and key; empty for an option without a flag.</summary>
    public string? Flag { get; init; }

    /// <summary>Full key path where it does not follow from section and property, such as <c>database_url</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Short flag, such as <c>-u</c>.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool Required { get; init; }
}
