using System.Net;
using System.Net.Sockets;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Connects to the first address of the host that answers.</summary>
internal static class SocketConnector
{
    /// <param name="settings">Where to connect to.</param>
    /// <param name="deadline">Closes the socket under way; the failure then is that of a closed socket.</param>
    public static Socket Connect(ConnectionSettings settings, CancellationToken deadline)
    {
        SocketException? last = null;
        foreach (var endPoint in EndPoints(settings))
        {
            try
            {
                return Connect(endPoint, deadline);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }
        throw CannotConnect(settings, last);
    }

    private static Socket Connect(EndPoint endPoint, CancellationToken deadline)
    {
        var isTcp = endPoint is IPEndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            using var closing = deadline.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            if (isTcp)
                socket.NoDelay = true;
            socket.Connect(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IEnumerable<EndPoint> EndPoints(ConnectionSettings settings)
    {
        if (settings.IsUnixSocket)
            return [new UnixDomainSocketEndPoint(settings.SocketPath)];
        try
        {
            return Dns.GetHostAddresses(settings.Host).Select(address => new IPEndPoint(address, settings.Port));
        }
        catch (SocketException error)
        {
            throw CannotConnect(settings, error);
        }
    }

    private static PostgresSessionException CannotConnect(ConnectionSettings settings, SocketException? error) =>
        // Built from the code: the text of a failed connect repeats the address.
        new($"Cannot connect to {settings.Address}: {(error is null ? "the host has no address" : new SocketException((int)error.SocketErrorCode).Message)}.", error);
}
