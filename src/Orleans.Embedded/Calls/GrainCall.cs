namespace Orleans.Embedded.Calls;

/// <summary>One request on its way to an activation: a method call or the tick of a timer.</summary>
internal abstract class GrainCall
{
    public abstract bool IsAlwaysInterleave { get; }

    public abstract bool IsReadOnly { get; }

    /// <summary>False for requests that do not keep an idle activation from being collected.</summary>
    public virtual bool CountsAsUse => true;

    /// <summary>False for requests that die with the activation they were sent to.</summary>
    public virtual bool MayMove => true;

    /// <summary>True when the caller no longer waits and the call need not start.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Runs the request as a turn of the activation; <paramref name="ended"/> is told on the same turn queue.</summary>
    public abstract void Run(object target, IRequestEnd ended);

    /// <summary>Ends the request with an error, if it has not ended yet.</summary>
    public abstract void Fail(Exception error);
}
