using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PgCdc.Errors;
using PgCdc.Silo.Hosting;

namespace PgCdc.Silo.Http;

/// <summary>The server of <c>--metrics-addr</c>: health and metrics over HTTP, or HTTPS with a certificate. Made only when asked for.</summary>
public sealed class MetricsServer : IAsyncDisposable
{
    private const string Flag = "--metrics-addr";

    private readonly WebApplication _application;

    private MetricsServer(WebApplication application) => _application = application;

    /// <summary>Address it listens on, with the port that was chosen where the option said 0.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <exception cref="ConfigurationException">The address cannot be used, or the certificate cannot be read.</exception>
    public static async Task<MetricsServer> StartAsync(
        MetricsServerOptions options, ManagementEndpoints endpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = ListenAddress.Parse(Flag, options.Address);
        var server = new MetricsServer(Build(address, Certificate(options), endpoints));
        try
        {
            await server._application.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new ConfigurationException(
                $"{Flag}: cannot listen on {address}: {error.GetBaseException().Message}; choose another address or stop the process that uses it");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static WebApplication Build(IPEndPoint address, X509Certificate2? certificate, ManagementEndpoints endpoints)
    {
        // Empty: neither ASPNETCORE_* variables nor appsettings.json shall change what a flag says.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
            kestrel.Listen(address, listen => Secure(listen, certificate));
        });

        var application = builder.Build();
        application.Run(context => RespondAsync(context, endpoints));
        return application;
    }

    private static void Secure(ListenOptions listen, X509Certificate2? certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (certificate is not null)
        {
            listen.UseHttps(certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        }
    }

    private static async Task RespondAsync(HttpContext context, ManagementEndpoints endpoints)
    {
        var answer = await endpoints.AnswerAsync(context.Request.Method, context.Request.Path.Value ?? "", withApi: false, context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static X509Certificate2? Certificate(MetricsServerOptions options)
    {
        if (options.TlsCertificate is null && options.TlsKey is null)
        {
            return null;
        }

        if (options.TlsCertificate is null || options.TlsKey is null)
        {
            throw new ConfigurationException("--metrics-tls-cert and --metrics-tls-key: give both or none");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(options.TlsCertificate, options.TlsKey);
        }
        catch (Exception error) when (error is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"--metrics-tls-cert '{options.TlsCertificate}', --metrics-tls-key '{options.TlsKey}': cannot be read: {error.Message}");
        }
    }
}
