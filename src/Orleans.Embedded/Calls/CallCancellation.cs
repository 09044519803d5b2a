namespace Orleans.Embedded.Calls;

/// <summary>Carries a cancellation from the caller to the callee, where it arrives as a turn of the activation.</summary>
#pragma warning disable CA1001 // The source has no timer: there is nothing to release.
internal sealed class CallCancellation(MethodCall call, CancellationToken callerToken)
{
    private readonly CancellationTokenSource _callee = new();
    private CancellationTokenRegistration _registration;
    private Scheduling.TurnQueue? _turns;

    public CancellationToken CalleeToken => _callee.Token;

    public void Follow() => _registration = callerToken.UnsafeRegister(static state => ((CallCancellation)state!).OnCancelled(), this);

    /// <summary>From now on the callee runs on this queue and learns of a cancellation there.</summary>
    public void BindTo(Scheduling.TurnQueue turns)
    {
        Volatile.Write(ref _turns, turns);
        if (callerToken.IsCancellationRequested)
            Signal(turns);
    }

    public void Release() => _registration.Unregister();

    private void OnCancelled()
    {
        call.Cancel(callerToken);
        if (Volatile.Read(ref _turns) is { } turns)
            Signal(turns);
    }

    private void Signal(Scheduling.TurnQueue turns) =>
        turns.Post(static state => ((CallCancellation)state!)._callee.Cancel(), this);
}
