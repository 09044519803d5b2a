using Microsoft.Extensions.Hosting;

namespace PgCdc.Silo.Hosting;

/// <summary>Leaves signals to the process that owns the host; the default lifetime would take them over.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
