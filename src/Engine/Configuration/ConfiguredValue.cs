namespace PgCdc.Engine.Configuration;

/// <summary>A value as text, and where it was written: a flag, an environment variable or a line of a file; null when not known.</summary>
public sealed record ConfiguredValue(string Text, string? Origin = null)
{
    /// <summary>Does not show the value: it may be a secret.</summary>
    public override string ToString() => Origin ?? "a value";
}
