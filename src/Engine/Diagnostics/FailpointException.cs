namespace PgCdc.Engine.Diagnostics;

/// <summary>Thrown by a failpoint that was told to throw.</summary>
public sealed class FailpointException(string name) : Exception($"Failpoint '{name}' was hit.")
{
    public string Name { get; } = name;
}
