namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Reads, yields, writes: loses counts if two turns of it ever overlap.</summary>
    [Alias("AddSlowly")]
    Task<int> AddSlowlyAsync(int amount);

    [Alias("Key")]
    Task<string> KeyAsync();
}
