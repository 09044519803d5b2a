using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Cluster;

namespace Orleans.TestingHost;

/// <summary>A silo in this process.</summary>
public sealed class InProcessSiloHandle : SiloHandle
{
    private bool _isDisposed;

    public IHost SiloHost { get; init; } = null!;

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => !_isDisposed && !Silo.IsDead;

    internal EmbeddedSilo Silo { get; init; } = null!;

    /// <summary>Without grace the silo dies first: no grain runs another turn while its host is taken down.</summary>
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (_isDisposed)
            return;
        if (!stopGracefully)
            Silo.Kill();
        using var deadline = new CancellationTokenSource();
        if (!stopGracefully)
            await deadline.CancelAsync();
        try
        {
            await SiloHost.StopAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!stopGracefully)
        {
            // A killed silo does not wait for its hosted services.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (SiloHost is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            SiloHost.Dispose();
    }
}
