namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Alias("pgcdc.tests.foreign-text-surrogate")]
public struct ForeignTextSurrogate
{
    [Id(0)]
    public string Text { get; set; }
}
