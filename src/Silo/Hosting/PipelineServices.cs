using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Grains.Pipelines;

namespace PgCdc.Silo.Hosting;

/// <summary>What grains need of a silo.</summary>
public static class PipelineServices
{
    /// <summary>Adds everything but storage, time and logging.</summary>
    public static IServiceCollection AddPipelines(this IServiceCollection services, ConnectorCatalog catalog, PgCdcMetrics metrics) => services
        .AddSingleton(catalog)
        .AddSingleton(metrics)
        .AddSingleton(static provider => new RunServices(
            provider.GetRequiredService<TimeProvider>(), new Random(), provider.GetRequiredService<PgCdcMetrics>(), provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<ConnectorFactory>()
        .AddSingleton<PipelineRunFactory>()
        .AddSingleton(new RunStarter(TaskScheduler.Default));
}
