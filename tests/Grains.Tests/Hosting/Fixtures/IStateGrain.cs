namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.state")]
public interface IStateGrain : IGrainWithIntegerKey
{
    [Alias("Set")]
    Task SetAsync(string text);

    [Alias("Get")]
    Task<StoredText> GetAsync();

    /// <summary>Writes the record through a second handle that was read before.</summary>
    [Alias("SetFromStaleCopy")]
    Task SetFromStaleCopyAsync(string text);

    [Alias("Clear")]
    Task ClearAsync();

    [Alias("Leave")]
    Task LeaveAsync();

    [Alias("Key")]
    Task<long> KeyAsync();
}
