using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Embedded.Cluster;

/// <summary>A client outside the silos.</summary>
internal sealed class EmbeddedClient(EmbeddedCluster cluster, IServiceProvider services)
    : ClusterNode(cluster, services.GetRequiredService<TimeProvider>(), services), IDisposable
{
    private readonly ClientMessagingOptions _messaging = services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value;
    private volatile bool _isClosed;

    public override TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    public override bool IsDead => _isClosed;

    public void Dispose()
    {
        _isClosed = true;
        Timeouts.Dispose();
    }
}
