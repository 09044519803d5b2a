using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Cluster;

/// <summary>Hosts activations; has services and a clock of its own.</summary>
internal sealed class EmbeddedSilo : ClusterNode, ILocalSiloDetails, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly SiloMessagingOptions _messaging;
    private readonly ClusterOptions _clusterOptions;
    private readonly ActivationCollector _collector;
    private int _status = (int)SiloStatus.Created;
    private int _activationCount;

    public EmbeddedSilo(EmbeddedCluster cluster, IServiceProvider services)
        : base(cluster, services.GetRequiredService<TimeProvider>(), services)
    {
        var identity = services.GetRequiredService<SiloIdentity>();
        (Name, Address) = (identity.Name, SiloAddress.New(IPAddress.Loopback, identity.Port, identity.Generation));
        _messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        _clusterOptions = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Embedded");
        _collector = new ActivationCollector(this);
    }

    public string Name { get; }

    public SiloAddress Address { get; }

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    string ILocalSiloDetails.ClusterId => _clusterOptions.ClusterId;

    public SiloStatus Status => (SiloStatus)Volatile.Read(ref _status);

    public override bool IsDead => Status == SiloStatus.Dead;

    public override TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    public GrainCollectionOptions Collection { get; }

    public ILogger Logger { get; }

    public int ActivationCount => Volatile.Read(ref _activationCount);

    public ICollection<Activation> Activations => _activations.Values;

    public void Start()
    {
        Move(SiloStatus.Active);
        _collector.Start();
        Cluster.Join(this);
    }

    /// <summary>Deactivates every grain, then leaves. When the token fires first, the rest is killed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Status != SiloStatus.Active)
            return;
        Move(SiloStatus.ShuttingDown);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        var leaving = Activations.ToArray();
        foreach (var activation in leaving)
            activation.Deactivate(reason, cancellationToken);
        try
        {
            await Task.WhenAll(leaving.Select(static a => a.Deactivated)).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The deadline of the host: what has not ended by itself is killed below.
        }

        Kill();
    }

    /// <summary>No activation here runs another turn; calls to them fail; what they held in memory is gone.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _status, (int)SiloStatus.Dead) == (int)SiloStatus.Dead)
            return;
        _collector.Dispose();
        foreach (var activation in Activations)
        {
            activation.Kill();
            Cluster.Unregister(activation);
        }

        _activations.Clear();
        Timeouts.Dispose();
        Cluster.OnLeft(this);
    }

    public void Adopt(Activation activation)
    {
        _activations[activation.GrainId] = activation;
        Interlocked.Increment(ref _activationCount);
        activation.Start();
        if (IsDead)
            activation.Kill();
    }

    public void Forget(Activation activation)
    {
        Cluster.Unregister(activation);
        if (_activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation)))
            Interlocked.Decrement(ref _activationCount);
    }

    public void Dispose() => Kill();

    private void Move(SiloStatus status) => Volatile.Write(ref _status, (int)status);
}
