using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Cluster;

namespace Orleans.Embedded.Hosting;

/// <summary>What a client outside the silos needs in its container.</summary>
internal static class ClientServices
{
    public static void AddTo(IServiceCollection services, EmbeddedCluster cluster)
    {
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(sp => new EmbeddedClient(cluster, sp));
        services.AddSingleton<IClusterClient>(static sp => sp.GetRequiredService<EmbeddedClient>().GrainFactory);
        services.AddSingleton<IGrainFactory>(static sp => sp.GetRequiredService<IClusterClient>());
    }
}
