using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgCdc.Errors;
using PgCdc.Silo.Http;
using Xunit;

namespace PgCdc.Engine.Tests.Silo;

public sealed class MetricsServerTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ManagementFixture _fixture = new();

    [Fact]
    public async Task Healthz_NotStarted_Answers503()
    {
        _fixture.Orders = new PipelineStatusView { Name = "orders", Status = "stopped" };

        var (status, body, type) = await GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(
            """{"status":"down","components":{"bus":{"status":"down","last_seen":"0001-01-01T00:00:00Z"},"detector":{"status":"down","last_seen":"0001-01-01T00:00:00Z"}}}""",
            body);
        Assert.Equal("application/json", type);
    }

    [Fact]
    public async Task Healthz_SourceAndAdapterInTrouble_Answers200WithTheErrors()
    {
        _fixture.Orders = _fixture.Orders with { SourceProblem = "connection refused" };

        var (status, body, _) = await GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"status":"degraded","components":{"bus":{"status":"up","last_seen":"2026-01-02T12:00:00.25Z"},"detector":{"status":"degraded","last_error":"connection refused","last_seen":"0001-01-01T00:00:00Z"},"file":{"status":"up","last_seen":"2026-01-02T12:00:00.25Z"},"stdout":{"status":"degraded","last_error":"broken pipe","last_seen":"0001-01-01T00:00:00Z"}}}""",
            body);
    }

    [Fact]
    public async Task Healthz_PipelineGaveUp_Answers503WithItsError()
    {
        _fixture.Orders = new PipelineStatusView { Name = "orders", Status = "error", Error = "slot is gone" };

        var (status, body, _) = await GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(
            """{"status":"down","components":{"bus":{"status":"down","last_error":"slot is gone","last_seen":"0001-01-01T00:00:00Z"},"detector":{"status":"down","last_error":"slot is gone","last_seen":"0001-01-01T00:00:00Z"}}}""",
            body);
    }

    [Theory]
    [InlineData("starting", HttpStatusCode.ServiceUnavailable, """{"ready":false}""")]
    [InlineData("running", HttpStatusCode.OK, """{"ready":true}""")]
    [InlineData("stopping", HttpStatusCode.ServiceUnavailable, """{"ready":false}""")]
    public async Task Readyz_PipelineInAState_IsReadyOnlyWhileItRuns(string state, HttpStatusCode expected, string json)
    {
        _fixture.Orders = _fixture.Orders with { Status = state };

        Assert.Equal((expected, json, "application/json"), await GetAsync("/readyz"));
    }

    [Fact]
    public async Task Metrics_Asked_AnswersPrometheusText()
    {
        var (status, body, type) = await GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", type);
        Assert.Contains("\npgcdc_events_received_total 0\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_OnTheMetricsServer_IsNotServed()
    {
        var (status, body, _) = await GetAsync("/api/v1/pipelines");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("""{"error":"/api/v1/pipelines is not served here"}""", body);
    }

    [Fact]
    public async Task Start_PortInUse_IsOneClearError()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = holder.LocalEndpoint.ToString()!;

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(new MetricsServerOptions(taken)));

        Assert.Equal(
            [$"--metrics-addr: cannot listen on {taken}: Address already in use; choose another address or stop the process that uses it"], error.Problems);
    }

    [Fact]
    public async Task Start_CertificateWithoutKey_IsRefused()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(new MetricsServerOptions(":0", TlsCertificate: "server.pem")));

        Assert.Equal(["--metrics-tls-cert and --metrics-tls-key: give both or none"], error.Problems);
    }

    [Fact]
    public async Task Healthz_WithCertificate_AnswersOverTls()
    {
        using var files = new PemFiles();
        await using var server = await StartAsync(new MetricsServerOptions(":0", files.Certificate, files.Key));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == PemFiles.Subject;
        using var http = new HttpClient(handler);

        var body = await http.GetStringAsync(new Uri($"https://127.0.0.1:{server.Address.Port}/metrics"), Cancellation);

        Assert.Contains("pgcdc_events_received_total", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":9090", "127.0.0.1:9090")]
    [InlineData("localhost:9090", "127.0.0.1:9090")]
    [InlineData("0.0.0.0:9090", "0.0.0.0:9090")]
    [InlineData("[::1]:9090", "[::1]:9090")]
    [InlineData("10.1.2.3:0", "10.1.2.3:0")]
    public void ListenAddress_Valid_IsLoopbackUnlessToldOtherwise(string text, string expected) =>
        Assert.Equal(expected, ListenAddress.Parse("--metrics-addr", text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("9090")]
    [InlineData(":")]
    [InlineData(":65536")]
    [InlineData(":-1")]
    [InlineData("::1:9090")]
    [InlineData("example.org:9090")]
    public void ListenAddress_Invalid_IsRefusedWithExamples(string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => ListenAddress.Parse("--metrics-addr", text));

        Assert.Equal(
            [$"--metrics-addr: '{text}' is not an address; use :9090 or 127.0.0.1:9090 for this machine only, 0.0.0.0:9090 or [::]:9090 for all networks"],
            error.Problems);
    }

    public void Dispose() => _fixture.Dispose();

    private Task<MetricsServer> StartAsync(MetricsServerOptions options) => MetricsServer.StartAsync(options, _fixture.Endpoints, Cancellation);

    private async Task<(HttpStatusCode Status, string Body, string? Type)> GetAsync(string path)
    {
        await using var server = await StartAsync(new MetricsServerOptions(":0"));
        using var http = new HttpClient { BaseAddress = server.Address };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response.Content.Headers.ContentType?.ToString());
    }

    private sealed class PemFiles : IDisposable
    {
        public const string Subject = "CN=pgcdc-test";

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pgcdc");

        public PemFiles()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var certificate = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(start, start.AddYears(100));
            File.WriteAllText(Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        }

        public string Certificate => Path.Combine(_folder.FullName, "server.pem");

        public string Key => Path.Combine(_folder.FullName, "server.key");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
