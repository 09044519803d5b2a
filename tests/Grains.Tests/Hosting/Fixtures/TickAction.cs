namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[GenerateSerializer, Alias("pgcdc.tests.tick-action")]
public enum TickAction
{
    Return,
    Throw,
    WaitForGate,
    ReturnInterleaving,
    ReturnKeepingAlive,
}
