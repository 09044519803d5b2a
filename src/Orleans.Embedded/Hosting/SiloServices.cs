using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Scheduling;
using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

/// <summary>What a silo needs in its container. A container has one silo, however often it is configured.</summary>
internal static class SiloServices
{
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(static s => s.ServiceType == typeof(EmbeddedSilo)))
            return;
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => new EmbeddedCluster(ThreadPoolTurnDispatcher.Instance, new Random()));
        services.TryAddSingleton(new SiloIdentity("Silo", Port: 11111, Generation: 1));
        services.AddSingleton(static sp => new EmbeddedSilo(sp.GetRequiredService<EmbeddedCluster>(), sp));
        services.AddSingleton<ILocalSiloDetails>(static sp => sp.GetRequiredService<EmbeddedSilo>());
        services.AddSingleton<IClusterClient>(static sp => sp.GetRequiredService<EmbeddedSilo>().GrainFactory);
        services.AddSingleton<IGrainFactory>(static sp => sp.GetRequiredService<IClusterClient>());
        services.AddHostedService<SiloLifetime>();
    }
}
