#if GRAINHOST_ORLEANS
using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
#endif

namespace PgCdc.Silo.Hosting;

/// <summary>Makes a silo that no other process can reach.</summary>
internal static class ClosedSilo
{
#if GRAINHOST_ORLEANS
    // Never dialled: the silo is alone, and what it sends to itself touches no socket.
    private const int AdvertisedPort = 1;

    /// <summary>
    /// Orleans always listens for other silos and asks no caller who he is. So the system picks the port, which also lets several processes
    /// live on one machine, whoever connects is hung up on, and there is no gateway for clients.
    /// </summary>
    public static ISiloBuilder UseClosedClustering(this ISiloBuilder silo) => silo
        .UseLocalhostClustering(AdvertisedPort, gatewayPort: 0)
        .Configure<EndpointOptions>(static options => options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port: 0))
        .Configure<SiloConnectionOptions>(static options => options.ConfigureSiloInboundConnection(static inbound => inbound.Use(static _ => HangUp)));

    private static Task HangUp(ConnectionContext caller)
    {
        caller.Abort();
        return Task.CompletedTask;
    }
#else
    /// <summary>The embedded host listens to nobody.</summary>
    public static ISiloBuilder UseClosedClustering(this ISiloBuilder silo) => silo.UseLocalhostClustering();
#endif
}
