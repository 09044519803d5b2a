namespace Orleans.Runtime;

/// <summary>What a grain may ask about the cluster; key 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and their states; with <paramref name="onlyActive"/> those that are active.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>Collects all activations that were idle for longer than the limit.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);
}
