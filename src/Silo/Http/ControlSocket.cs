using System.Net.Sockets;
using PgCdc.Errors;

namespace PgCdc.Silo.Http;

/// <summary>
/// Serves the endpoints and the REST API to this machine's own user: HTTP/1.1 on a Unix socket with mode 0600, one request per connection.
/// Why not Kestrel: docs/decisions/0004-control-socket.md.
/// </summary>
public sealed class ControlSocket : IAsyncDisposable
{
    /// <summary>Connections served at a time; more of them wait in the backlog.</summary>
    private const int Servers = 4;

    /// <summary>Bytes that a socket path may have: sun_path without its final zero.</summary>
    private const int LongestPath = 107;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private ControlSocket(string path, Socket listener, ManagementEndpoints endpoints)
    {
        _path = path;
        _listener = listener;
        _serving = Task.WhenAll(Enumerable.Range(0, Servers).Select(_ => ServeAsync(endpoints)));
    }

    /// <summary>Listens; a socket file that nobody serves any more is replaced.</summary>
    /// <exception cref="ConfigurationException">The path is too long, or another process serves it.</exception>
    public static ControlSocket Start(string path, ManagementEndpoints endpoints)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(path);
        if (length > LongestPath)
        {
            throw new ConfigurationException($"control socket '{path}' has {length} bytes, the system allows {LongestPath}; choose a shorter --state-dir");
        }

        RemoveStale(path);
        return new ControlSocket(path, Listen(path), endpoints);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        File.Delete(_path);
        _stop.Dispose();
    }

    private static Socket Listen(string path)
    {
        var listener = NewSocket();
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Nobody can connect between bind and listen, so the mode is right before the first client.
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen();
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = NewSocket();
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new ConfigurationException($"control socket '{path}' is served by another process; stop it or set another --state-dir");
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task ServeAsync(ManagementEndpoints endpoints)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _listener.AcceptAsync(_stop.Token);
                await ControlExchange.RunAsync(connection, endpoints, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The client was too slow, or the server stops: nothing is owed to either.
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // The client left, or the process has no file descriptor for it: that shall not spin.
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
