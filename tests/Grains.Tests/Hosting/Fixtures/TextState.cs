namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Alias("pgcdc.tests.text-state")]
public sealed record TextState
{
    [Id(0)]
    public string? Text { get; init; }
}
