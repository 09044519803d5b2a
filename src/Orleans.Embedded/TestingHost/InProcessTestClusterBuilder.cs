using System.Globalization;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Builds a cluster of several silos in this process, each with services of its own.</summary>
public sealed class InProcessTestClusterBuilder
{
    private static int _lastCluster;

    public InProcessTestClusterBuilder()
        : this(2)
    {
    }

    public InProcessTestClusterBuilder(short initialSilosCount) =>
        Options = new InProcessTestClusterOptions { InitialSilosCount = initialSilosCount, ClusterId = CreateClusterId() };

    public InProcessTestClusterOptions Options { get; }

    public static string CreateClusterId() =>
        string.Create(CultureInfo.InvariantCulture, $"testcluster-{Interlocked.Increment(ref _lastCluster)}");

    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((_, hostBuilder) => configureDelegate(hostBuilder));
        Options.ClientHostConfigurationDelegates.Add(configureDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(
            (silo, hostBuilder) => hostBuilder.UseOrleans(siloBuilder => configureSiloDelegate(silo, siloBuilder)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(
            hostBuilder => configureClientDelegate(new ClientBuilder(hostBuilder.Services, hostBuilder.Configuration)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    public InProcessTestCluster Build() => new(Options);
}
