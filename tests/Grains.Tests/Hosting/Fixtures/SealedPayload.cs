namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Immutable, Alias("pgcdc.tests.sealed-payload")]
public sealed record SealedPayload([property: Id(0)] int[] Numbers);
