using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

internal sealed class ManagementGrain : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) => Task.FromResult(
        Activation.Silo.Cluster.Silos
            .Where(silo => !onlyActive || silo.Status == SiloStatus.Active)
            .ToDictionary(static silo => silo.Address, static silo => silo.Status));

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        foreach (var activation in Activation.Silo.Cluster.Silos.SelectMany(static silo => silo.Activations))
            activation.CollectIfIdle(ageLimit);
        return Task.CompletedTask;
    }
}
