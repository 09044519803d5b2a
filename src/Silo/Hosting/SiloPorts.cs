using System.Net;
using System.Net.Sockets;

namespace PgCdc.Silo.Hosting;

/// <summary>Ports for a silo that nobody else needs to find, so that several processes live on one machine.</summary>
internal static class SiloPorts
{
    public static (int Silo, int Gateway) Free()
    {
        using var silo = new TcpListener(IPAddress.Loopback, 0);
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
