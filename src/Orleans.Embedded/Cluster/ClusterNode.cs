using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Cluster;

/// <summary>A place that sends calls: a silo or a client.</summary>
internal abstract class ClusterNode
{
    protected ClusterNode(EmbeddedCluster cluster, TimeProvider time, IServiceProvider services)
    {
        (Cluster, Time, Services) = (cluster, time, services);
        Timeouts = new CallTimeouts(time);
        GrainFactory = new NodeClient(this);
    }

    public EmbeddedCluster Cluster { get; }

    public TimeProvider Time { get; }

    public IServiceProvider Services { get; }

    public CallTimeouts Timeouts { get; }

    public NodeClient GrainFactory { get; }

    public abstract TimeSpan ResponseTimeout { get; }

    public abstract bool IsDead { get; }

    public GrainReference CreateReference(Type interfaceType, GrainId id) => GrainReference.Create(this, interfaceType, id);

    public Task<TResult> Send<TResult>(
        GrainId target, GrainMethod method, IResultReader<TResult> reader, object?[] arguments, CancellationToken token)
    {
        if (IsDead)
            throw new SiloUnavailableException("The silo that sends the call is dead.");
        var call = new MethodCall<TResult>(this, target, method, arguments, reader);
        if (token.CanBeCanceled)
            call.FollowCancellation(token);
        if (method.IsOneWay)
            call.CompleteAtOnce();
        else
            Timeouts.Add(call, method.Timeout ?? ResponseTimeout);
        Cluster.Send(call);
        return call.Task;
    }
}
