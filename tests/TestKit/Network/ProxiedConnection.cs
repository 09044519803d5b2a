using System.Net.Sockets;

namespace PgCdc.TestKit.Network;

internal sealed record ProxiedConnection(Socket Client, Socket Target) : IDisposable
{
    public void Close()
    {
        Client.Dispose();
        Target.Dispose();
    }

    /// <summary>Closing with zero linger makes the kernel answer with RST.</summary>
    public void Reset()
    {
        Client.Close(0);
        Target.Close(0);
    }

    public void Dispose() => Close();
}
