namespace PgCdc.Grains.Tests.Hosting.Fixtures;

/// <summary>A type that knows nothing of grains.</summary>
public sealed class ForeignText(string text)
{
    public string Text { get; } = text;
}
