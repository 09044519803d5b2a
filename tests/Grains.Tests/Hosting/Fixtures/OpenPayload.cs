namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Alias("pgcdc.tests.open-payload")]
public sealed class OpenPayload
{
    [Id(0)]
    public List<int> Numbers { get; set; } = [];

    [Id(1)]
    public Dictionary<string, OpenPayload> Children { get; set; } = [];

    [Id(2)]
    public byte[]? Bytes { get; set; }
}
