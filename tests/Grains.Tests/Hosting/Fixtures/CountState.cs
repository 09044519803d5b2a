namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Alias("pgcdc.tests.count-state")]
public sealed record CountState
{
    [Id(0)]
    public int Count { get; init; }
}
