using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using PgCdc.Silo.Http;

namespace PgCdc.Client.Cli.Control;

/// <summary>Talks to a running process through the control socket in its state folder.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;

    public ControlClient(string path)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken), UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://pgcdc"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <exception cref="ControlException">Nobody answers on the socket, or the answer is a refusal.</exception>
    public async Task<IReadOnlyList<PipelineStatusView>> ListAsync(CancellationToken cancellationToken) =>
        (await GetAsync("/api/v1/pipelines", ApiJson.Default.PipelineListView, cancellationToken)).Pipelines;

    /// <exception cref="ControlException">Nobody answers on the socket, or the answer is a refusal.</exception>
    public Task<PipelineStatusView> GetAsync(string pipeline, CancellationToken cancellationToken) =>
        GetAsync("/api/v1/pipelines/" + Uri.EscapeDataString(pipeline), ApiJson.Default.PipelineStatusView, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var refusal = await response.Content.ReadFromJsonAsync(ApiJson.Default.ErrorView, cancellationToken);
                throw new ControlException(refusal?.Error ?? $"the process answered {(int)response.StatusCode}");
            }

            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new ControlException("the process answered nothing");
        }
        catch (HttpRequestException error)
        {
            throw new ControlException($"no running process answers: {error.Message}", error);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
