namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>The number of this activation among all of the class.</summary>
    [Alias("Activation")]
    Task<int> ActivationAsync();

    [Alias("Leave")]
    Task LeaveAsync();

    [Alias("Silo")]
    Task<SiloAddress> SiloAsync();

    /// <summary>A number that lives in memory only.</summary>
    [Alias("Remember")]
    Task<int> RememberAsync(int add);

    [Alias("Hang")]
    Task HangAsync();

    /// <summary>A number in storage that outlives silos.</summary>
    [Alias("Store")]
    Task<int> StoreAsync(int add);

    /// <summary>Which exceptions the grain sees when it stores.</summary>
    [Alias("StoreFailure")]
    Task<string> StoreFailureAsync();
}
