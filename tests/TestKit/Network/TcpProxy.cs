using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PgCdc.TestKit.Network;

/// <summary>A TCP proxy on the loopback address that can cut, freeze, delay and refuse: the network faults of a test.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly EndPoint _target;
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly Gate _gate = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private long _bytesFromTarget;

    private TcpProxy(EndPoint target) => _target = target;

    /// <summary>Where clients connect to; stays the same over <see cref="CloseAsync"/> and <see cref="Reopen"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Each piece of data waits this long before it goes on; zero means none.</summary>
    public TimeSpan Delay { get; set; }

    public int ConnectionCount => _connections.Count;

    public long BytesFromTarget => Interlocked.Read(ref _bytesFromTarget);

    public static TcpProxy Start(string host, int port)
    {
        var proxy = new TcpProxy(IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port));
        proxy.Reopen();
        return proxy;
    }

    /// <summary>Half-open: both ways stop, nothing is closed, not even when one end closes.</summary>
    public void Freeze() => _gate.Close();

    /// <summary>Lets everything held back by <see cref="Freeze"/> flow again.</summary>
    public void Thaw() => _gate.Open();

    /// <summary>Closes every connection on both sides with FIN.</summary>
    public void Cut() => EndConnections(connection => connection.Close());

    /// <summary>Closes every connection on both sides with RST.</summary>
    public void Reset() => EndConnections(connection => connection.Reset());

    /// <summary>Refuses new connections; the open ones stay.</summary>
    public async Task CloseAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
    }

    /// <summary>Accepts new connections again, on the same port.</summary>
    public void Reopen()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Reset();
        _gate.Open();
    }

    private void EndConnections(Action<ProxiedConnection> end)
    {
        foreach (var connection in _connections.Keys)
        {
            _connections.TryRemove(connection, out _);
            end(connection);
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptSocketAsync();
                _ = ServeAsync(client);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxiedConnection(client, new Socket(SocketType.Stream, ProtocolType.Tcp));
        _connections.TryAdd(connection, true);
        try
        {
            await connection.Target.ConnectAsync(_target);
            await Task.WhenAll(
                PumpAsync(connection.Client, connection.Target, _ => { }),
                PumpAsync(connection.Target, connection.Client, count => Interlocked.Add(ref _bytesFromTarget, count)));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone: the other is closed by leaving the scope.
        }
        _connections.TryRemove(connection, out _);
    }

    private async Task PumpAsync(Socket from, Socket to, Action<int> count)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = await from.ReceiveAsync(buffer);
            await _gate.PassAsync();
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay);
            if (length == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }
            await SendAllAsync(to, buffer.AsMemory(0, length));
            count(length);
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> data)
    {
        while (data.Length > 0)
            data = data[await socket.SendAsync(data)..];
    }
}
