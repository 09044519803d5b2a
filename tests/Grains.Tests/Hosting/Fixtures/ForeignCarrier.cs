namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Immutable, Alias("pgcdc.tests.foreign-carrier")]
public sealed record ForeignCarrier([property: Id(0)] ForeignText Text, [property: Id(1)] (int First, string Second) Pair);
