using System.Net;
using System.Net.Sockets;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>A server that accepts sessions and says exactly what a test tells it to.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public static readonly byte[] AuthenticationOk = new MessageBuilder('R').AddInt32(0).Build();
    public static readonly byte[] ReadyForQuery = new MessageBuilder('Z').AddBytes("I"u8).Build();
    public static readonly byte[] CopyBoth = new MessageBuilder('W').AddBytes([0, 0, 0]).Build();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    // A script that waits for ever is kept alive by nothing else; collected, it would close its connection.
    private readonly Task _serving;

    public ScriptedServer(Func<NetworkStream, Task> script)
    {
        _listener.Start();
        _serving = ServeAsync(script);
    }

    public ConnectionSettings Settings => ConnectionSettingsParser.Parse(
        $"postgres://u@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/d?sslmode=disable&connect_timeout=5",
        new ConnectionEnvironment(_ => null, "/nonexistent", "nobody"));

    /// <summary>Reads the startup message and lets the session in.</summary>
    public static async Task WelcomeAsync(NetworkStream stream)
    {
        await ReadSomethingAsync(stream);
        await stream.WriteAsync((byte[])[.. AuthenticationOk, .. ReadyForQuery]);
    }

    /// <summary>Lets the session in and takes its START_REPLICATION.</summary>
    public static async Task WelcomeToStreamAsync(NetworkStream stream)
    {
        await WelcomeAsync(stream);
        await ReadSomethingAsync(stream);
        await stream.WriteAsync(CopyBoth);
    }

    public static async Task ReadSomethingAsync(NetworkStream stream) => await stream.Socket.ReceiveAsync(new byte[4096]);

    public void Dispose()
    {
        _listener.Dispose();
        GC.KeepAlive(_serving);
    }

    private async Task ServeAsync(Func<NetworkStream, Task> script)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await script(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            // The test has ended the session.
        }
    }
}
