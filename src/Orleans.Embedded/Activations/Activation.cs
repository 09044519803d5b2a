using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Scheduling;
using Orleans.Embedded.Timers;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>One life of a grain on one silo: activate, serve requests turn by turn, deactivate.</summary>
internal sealed class Activation : IGrainContext
{
    [ThreadStatic]
    private static Activation? _underConstruction;

    private readonly TaskCompletionSource<bool> _deactivated;
    private readonly List<IStoredState> _states = [];
    private readonly RequestPump _pump;
    private AsyncServiceScope _scope;
    private IGrainBase? _grain;
    private DeactivationReason? _reason;
    private long _lastUse;
    private long _keepUntil;

    public Activation(EmbeddedSilo silo, GrainId id, GrainClass grainClass)
    {
        (Silo, GrainId, Class) = (silo, id, grainClass);
        _deactivated = silo.Cluster.NewCompletion<bool>();
        Turns = new TurnQueue(silo.Cluster.Dispatcher);
        Timers = new GrainTimers(this);
        GrainReference = silo.CreateReference(typeof(IAddressable), id);
        _pump = new RequestPump(Turns, grainClass.IsReentrant, NoteUse, () => _ = EndAsync());
        _lastUse = silo.Time.GetTimestamp();
    }

    /// <summary>The activation whose grain object is being constructed on this thread.</summary>
    public static Activation? UnderConstruction => _underConstruction;

    public EmbeddedSilo Silo { get; }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public GrainReference GrainReference { get; }

    public TurnQueue Turns { get; }

    public GrainTimers Timers { get; }

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public void Start() => Turns.Post(static state => _ = ((Activation)state!).ActivateAsync(), this);

    public bool TryReceive(GrainCall call)
    {
        NoteUse(call);
        return !Silo.IsDead && _pump.TryReceive(call);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_states)
        {
            if (_reason is not null)
                return;
            _reason = deactivationReason;
        }

        _pump.Drain();
    }

    /// <summary>Ends the activation without another turn, as the death of its silo does.</summary>
    public void Kill()
    {
        Turns.Close();
        Timers.Stop();
        var (waiting, running) = _pump.Close();
        foreach (var call in waiting.Concat(running))
            call.Fail(new SiloUnavailableException($"The silo {Silo.Address} died while {GrainId} was called."));
        Silo.Cluster.Dispatcher.Defer(() => _deactivated.TrySetResult(true));
    }

    public void DelayCollection(TimeSpan time)
    {
        var until = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue
            ? long.MaxValue
            : Silo.Time.GetTimestamp() + (long)(time.TotalSeconds * Silo.Time.TimestampFrequency);
        Volatile.Write(ref _keepUntil, time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan ? 0 : until);
    }

    public void CollectIfIdle(TimeSpan ageLimit)
    {
        var now = Silo.Time.GetTimestamp();
        if (now >= Volatile.Read(ref _keepUntil) && _pump.IsIdle && Silo.Time.GetElapsedTime(Volatile.Read(ref _lastUse), now) >= ageLimit)
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Activation was idle for {ageLimit}."));
    }

    /// <summary>State that is read before <c>OnActivateAsync</c>.</summary>
    public void AddState(IStoredState state) => _states.Add(state);

    private void NoteUse(GrainCall call)
    {
        if (call.CountsAsUse)
            Volatile.Write(ref _lastUse, Silo.Time.GetTimestamp());
    }

    private async Task ActivateAsync()
    {
        try
        {
            _grain = Construct();
            foreach (var state in _states)
                await state.ReadStateAsync();
            using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
            await _grain.OnActivateAsync(timeout.Token);
            _pump.Open(_grain);
        }
        catch (Exception error)
        {
            await FailToActivateAsync(error);
        }
    }

    private IGrainBase Construct()
    {
        _scope = Silo.Services.CreateAsyncScope();
        _underConstruction = this;
        try
        {
            return (IGrainBase)Class.Construct(this);
        }
        finally
        {
            _underConstruction = null;
        }
    }

    private async Task FailToActivateAsync(Exception error)
    {
        Log.ActivationFailed(Silo.Logger, GrainId, error);
        Timers.Stop();
        await DisposeAsync();
        var (waiting, _) = Leave();
        foreach (var call in waiting)
            call.Fail(error);
    }

    private async Task EndAsync()
    {
        Timers.Stop();
        try
        {
            using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
            await _grain!.OnDeactivateAsync(_reason!.Value, timeout.Token);
        }
        catch (Exception error)
        {
            Log.DeactivationFailed(Silo.Logger, GrainId, error);
        }

        await DisposeAsync();
        var (waiting, _) = Leave();
        foreach (var call in waiting.Where(static call => call.MayMove))
            Silo.Cluster.Route((MethodCall)call);
    }

    private (GrainCall[] Waiting, GrainCall[] Running) Leave()
    {
        var calls = _pump.Close();
        Silo.Forget(this);
        Silo.Cluster.Dispatcher.Defer(() => _deactivated.TrySetResult(true));
        return calls;
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (_grain is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (_grain is IDisposable disposable)
                disposable.Dispose();
            await _scope.DisposeAsync();
        }
        catch (Exception error)
        {
            Log.DeactivationFailed(Silo.Logger, GrainId, error);
        }
    }
}
