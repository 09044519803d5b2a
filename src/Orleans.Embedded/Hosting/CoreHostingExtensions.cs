using System.Net;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering of the embedded host: one process, no network.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Names the cluster. The ports are accepted and not opened.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev") =>
        builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
}
