using Orleans.Embedded.Cluster;
using Orleans.Embedded.Serialization;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A method call with its arguments; the typed part knows the result.</summary>
internal abstract class MethodCall(ClusterNode sender, GrainId target, GrainMethod method, object?[] arguments) : GrainCall
{
    public ClusterNode Sender { get; } = sender;

    public GrainId Target { get; } = target;

    public GrainMethod Method { get; } = method;

    public override bool IsAlwaysInterleave => Method.IsAlwaysInterleave;

    public override bool IsReadOnly => Method.IsReadOnly;

    /// <summary>Links of the list of <see cref="CallTimeouts"/>, owned by it.</summary>
    internal MethodCall? EarlierCall { get; set; }

    internal MethodCall? LaterCall { get; set; }

    internal CallTimeouts.TimeoutList? TimeoutList { get; set; }

    internal long SentAt { get; set; }

    /// <summary>True when the answer never reaches the caller.</summary>
    protected bool IsResponseLost { get; private set; }

    /// <summary>What the result crosses on its way back.</summary>
    public WireBoundary ReturnBoundary { get; private set; }

    protected object?[] Arguments { get; private set; } = arguments;

    protected CallCancellation? Cancellation { get; private set; }

    /// <summary>Ends the call for a caller that gave up; the callee is told and goes on or not, as it likes.</summary>
    public abstract void Cancel(CancellationToken token);

    /// <summary>Copies what the callee on <paramref name="host"/> must not share with the caller.</summary>
    public void CrossTo(ClusterNode host)
    {
        var isLocal = ReferenceEquals(host, Sender);
        ReturnBoundary = new WireBoundary(Sender, isLocal);
        Arguments = Method.CopyArguments(Arguments, Sender.Cluster.Copier, new WireBoundary(host, isLocal));
    }

    /// <summary>The call runs, and the caller waits until it times out: an injected fault.</summary>
    public void LoseResponse() => IsResponseLost = true;

    public void TimeOut(TimeSpan limit) => Fail(new TimeoutException(
        $"Response did not arrive on time in {limit} for {Method.Name} of {Target}. The call may still run."));

    /// <summary>Gives the callee a token of its own that follows the caller's.</summary>
    internal void FollowCancellation(CancellationToken callerToken)
    {
        Cancellation = new CallCancellation(this, callerToken);
        Arguments[Method.CancellationIndex] = Cancellation.CalleeToken;
        Cancellation.Follow();
    }
}
