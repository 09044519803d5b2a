using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.State.Journaling;
using PgCdc.Grains;
using PgCdc.Silo.State;

namespace PgCdc.Silo.Hosting;

/// <summary>The silo of a process that runs alone, on whichever grain host the build chose.</summary>
internal static class LocalSilo
{
    /// <summary>They warn of what matters to silos of a cluster only: the garbage collector's settings, busy processors.</summary>
    private static readonly string[] s_advisors = ["Orleans.Runtime.Silo", "Orleans.Runtime.Watchdog"];

    /// <param name="journal">Where grain state is kept; null when nothing outlives the process.</param>
    public static IHost Build(ConnectorCatalog catalog, PgCdcMetrics metrics, Journal? journal, ILoggerProvider logs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(logs);
        foreach (var advisor in s_advisors)
            builder.Logging.AddFilter(advisor, LogLevel.Error);

        builder.Services
            .AddSingleton<IHostLifetime, OwnedLifetime>()
            .AddSingleton(TimeProvider.System)
            .AddPipelines(catalog, metrics);
        builder.UseOrleans(silo => Configure(silo, journal));
        return builder.Build();
    }

    private static void Configure(ISiloBuilder silo, Journal? journal)
    {
        silo.UseClosedClustering().UseInMemoryReminderService();
        IGrainStorage storage = journal is null ? new VolatileGrainStorage() : new JournalGrainStorage(journal);
        silo.Services.AddGrainStorage(GrainStorageNames.State, (_, _) => storage);
    }
}
