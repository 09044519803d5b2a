using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Reminders;

namespace Orleans.Hosting;

/// <summary>Adds reminders.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Reminders live as long as the cluster. An <see cref="IReminderStore"/> in the services makes them outlive it.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
        builder.ConfigureServices(static services => services.TryAddSingleton(
            static sp => sp.GetRequiredService<EmbeddedCluster>().MemoryReminders));
}
