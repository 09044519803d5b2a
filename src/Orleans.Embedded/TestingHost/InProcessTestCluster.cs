using System.Collections.ObjectModel;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Scheduling;

namespace Orleans.TestingHost;

/// <summary>A cluster of silos in this process. Silos can be stopped, killed and added.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly EmbeddedCluster _cluster;
    private IHost? _clientHost;
    private short _started;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
        : this(options, new EmbeddedCluster(ThreadPoolTurnDispatcher.Instance, new Random()))
    {
    }

    internal InProcessTestCluster(InProcessTestClusterOptions options, EmbeddedCluster cluster) => (Options, _cluster) = (options, cluster);

    public InProcessTestClusterOptions Options { get; }

    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (_lock)
                return _silos.ToArray().AsReadOnly();
        }
    }

    public IClusterClient Client => _clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The client is there after DeployAsync.");

    public async Task DeployAsync()
    {
        await StartSilosAsync(Options.InitialSilosCount);
        if (Options.InitializeClientOnDeploy)
            InitializeClient();
    }

    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(static silo => silo.IsActive);

    public IServiceProvider GetSiloServiceProvider(Orleans.Runtime.SiloAddress? silo = null) =>
        Silos.First(handle => silo is null || handle.SiloAddress == silo).ServiceProvider;

    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => StartSiloAsync();

    public async Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart)
    {
        var started = new List<InProcessSiloHandle>();
        for (var i = 0; i < silosToStart; i++)
            started.Add(await StartSiloAsync());
        return started;
    }

    /// <summary>Deactivates the grains of the silo, then takes it down.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => TakeDownAsync(instance, stopGracefully: true);

    /// <summary>Takes the silo down as a crash does.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => TakeDownAsync(instance, stopGracefully: false);

    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartSiloAsync();
    }

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in Silos.Reverse())
            await StopSiloAsync(silo);
    }

    /// <summary>Returns at once: in one process every silo knows of every change when it has happened.</summary>
#pragma warning disable CA1822 // An instance method in Orleans.
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.CompletedTask;
#pragma warning restore CA1822

    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync();
        _clientHost?.Dispose();
        _clientHost = null;
    }

    public void Dispose()
    {
        foreach (var silo in Silos)
        {
            silo.Silo.Kill();
            silo.SiloHost.Dispose();
        }

        _clientHost?.Dispose();
    }

    private async Task<InProcessSiloHandle> StartSiloAsync()
    {
        var number = _started++;
        var name = string.Create(CultureInfo.InvariantCulture, $"Silo_{number}");
        var options = new InProcessTestSiloSpecificOptions { SiloName = name, SiloPort = 11111 + number };
        var host = BuildSiloHost(options, number + 1);
        var silo = host.Services.GetRequiredService<EmbeddedSilo>();
        var handle = new InProcessSiloHandle
        {
            Name = name,
            InstanceNumber = number,
            SiloHost = host,
            SiloAddress = silo.Address,
            Silo = silo,
        };
        await host.StartAsync();
        lock (_lock)
            _silos.Add(handle);
        return handle;
    }

    private IHost BuildSiloHost(InProcessTestSiloSpecificOptions options, int generation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = options.SiloName });
        builder.Services.AddSingleton(_cluster);
        builder.Services.AddSingleton(new SiloIdentity(options.SiloName, options.SiloPort, generation));
        builder.Services.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Options.ClusterId, Options.ServiceId));
        builder.UseOrleans();
        foreach (var configure in Options.SiloHostConfigurationDelegates)
            configure(options, builder);
        return builder.Build();
    }

    private void InitializeClient()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Client" });
        ClientServices.AddTo(builder.Services, _cluster);
        foreach (var configure in Options.ClientHostConfigurationDelegates)
            configure(builder);
        _clientHost = builder.Build();
    }

    private async Task TakeDownAsync(InProcessSiloHandle instance, bool stopGracefully)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await instance.StopSiloAsync(stopGracefully);
        await instance.DisposeAsync();
        lock (_lock)
            _silos.Remove(instance);
    }
}
