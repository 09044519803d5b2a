using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Cluster;

namespace Orleans.Embedded.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloLifetime(EmbeddedSilo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}
