using System.Net.Sockets;
using System.Runtime.Versioning;
using PgCdc.Client.Cli.Control;
using PgCdc.Errors;
using PgCdc.Silo.Http;
using Xunit;

namespace PgCdc.Engine.Tests.Silo;

[UnsupportedOSPlatform("windows")]
public sealed class ControlSocketTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ManagementFixture _fixture = new();

    [Fact]
    public async Task List_PipelineRuns_ComesBackWhole()
    {
        await using var socket = Start();
        using var client = new ControlClient(_fixture.SocketPath);

        var pipelines = await client.ListAsync(Cancellation);

        var pipeline = Assert.Single(pipelines);
        Assert.Equal(_fixture.Orders with { Adapters = pipeline.Adapters }, pipeline);
        Assert.Equal(_fixture.Orders.Adapters, pipeline.Adapters);
    }

    [Fact]
    public async Task Get_KnownPipeline_ComesBack()
    {
        await using var socket = Start();
        using var client = new ControlClient(_fixture.SocketPath);

        Assert.Equal("running", (await client.GetAsync("orders", Cancellation)).Status);
    }

    [Fact]
    public async Task Get_UnknownPipeline_IsRefusedByItsDecodedName()
    {
        await using var socket = Start();
        using var client = new ControlClient(_fixture.SocketPath);

        var error = await Assert.ThrowsAsync<ControlException>(() => client.GetAsync("no such", Cancellation));

        Assert.Equal("pipeline 'no such' not found", error.Message);
    }

    [Fact]
    public async Task List_SourceFails_TellsWhy()
    {
        _fixture.Failure = new InvalidOperationException("grain did not answer");
        await using var socket = Start();
        using var client = new ControlClient(_fixture.SocketPath);

        var error = await Assert.ThrowsAsync<ControlException>(() => client.ListAsync(Cancellation));

        Assert.Equal("grain did not answer", error.Message);
    }

    [Fact]
    public async Task List_NobodyServes_SaysSo()
    {
        using var client = new ControlClient(_fixture.SocketPath);

        var error = await Assert.ThrowsAsync<ControlException>(() => client.ListAsync(Cancellation));

        Assert.StartsWith("no running process answers: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Socket_IsForItsUserOnly()
    {
        await using var socket = Start();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_fixture.SocketPath));
    }

    [Fact]
    public async Task Start_StaleSocketFile_IsReplaced()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Closing would remove the file, as a killed process does not.
            dead.Bind(new UnixDomainSocketEndPoint(_fixture.SocketPath));
            File.Move(_fixture.SocketPath, _fixture.SocketPath + ".moved");
        }

        File.Move(_fixture.SocketPath + ".moved", _fixture.SocketPath);

        await using var socket = Start();
        using var client = new ControlClient(_fixture.SocketPath);
        Assert.Single(await client.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Start_SocketIsServed_IsRefused()
    {
        await using var first = Start();

        var error = Assert.Throws<ConfigurationException>(() => Start());

        Assert.Equal([$"control socket '{_fixture.SocketPath}' is served by another process; stop it or set another --state-dir"], error.Problems);
    }

    [Fact]
    public void Start_PathTooLong_IsRefusedWithItsLength()
    {
        var path = "/" + new string('s', 107);

        var error = Assert.Throws<ConfigurationException>(() => ControlSocket.Start(path, _fixture.Endpoints));

        Assert.Equal([$"control socket '{path}' has 108 bytes, the system allows 107; choose a shorter --state-dir"], error.Problems);
    }

    [Fact]
    public async Task Dispose_SocketServed_RemovesItsFile()
    {
        await Start().DisposeAsync();

        Assert.False(File.Exists(_fixture.SocketPath));
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /readyz?verbose HTTP/1.0\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /nothing HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("POST /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("GET healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("GET /healthz HTTP/2\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("GET /healthz HTTP/1.1\r\n", "HTTP/1.1 400 Bad Request")]
    public async Task Request_OfAnyKind_IsAnswered(string request, string statusLine)
    {
        await using var socket = Start();

        Assert.Equal(statusLine, (await ExchangeAsync(System.Text.Encoding.ASCII.GetBytes(request))).Split('\r')[0]);
    }

    [Fact]
    public async Task Request_HeadTooLong_IsRefused()
    {
        await using var socket = Start();

        Assert.StartsWith("HTTP/1.1 400 ", await ExchangeAsync(new byte[8 * 1024]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ClientsThatLeaveEarly_DoNotStopIt()
    {
        await using var socket = Start();
        for (var i = 0; i < 20; i++)
        {
            using var leaver = await ConnectAsync();
            leaver.LingerState = new LingerOption(true, 0);
        }

        using var client = new ControlClient(_fixture.SocketPath);
        Assert.Single(await client.ListAsync(Cancellation));
    }

    public void Dispose() => _fixture.Dispose();

    private ControlSocket Start() => ControlSocket.Start(_fixture.SocketPath, _fixture.Endpoints);

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(_fixture.SocketPath), Cancellation);
        return client;
    }

    private async Task<string> ExchangeAsync(byte[] request)
    {
        using var client = await ConnectAsync();
        using var reader = new StreamReader(new NetworkStream(client));
        await client.SendAsync(request, Cancellation);
        client.Shutdown(SocketShutdown.Send);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
