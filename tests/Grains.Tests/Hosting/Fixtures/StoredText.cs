namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Immutable, Alias("pgcdc.tests.stored-text")]
public sealed record StoredText([property: Id(0)] string? Text, [property: Id(1)] bool RecordExists, [property: Id(2)] int Activation);
