using System.Collections.Concurrent;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Reminders;
using Orleans.Embedded.Scheduling;
using Orleans.Embedded.Serialization;
using Orleans.Embedded.Simulation;
using Orleans.Embedded.Storage;
using Orleans.Runtime;

namespace Orleans.Embedded.Cluster;

/// <summary>
/// Everything that silos share: who is a member, where each grain is active, and the way of a call. In a process that is
/// its own cluster there is one silo.
/// </summary>
internal sealed class EmbeddedCluster
{
    private readonly ConcurrentDictionary<GrainId, Activation> _directory = new();
    private readonly Lock _membershipLock = new();
    private volatile EmbeddedSilo[] _silos = [];

    public EmbeddedCluster(ITurnDispatcher dispatcher, Random random)
    {
        (Dispatcher, Random) = (dispatcher, random);
        Copier = new WireCopier(Catalog);
        Observers = new ObserverTable(dispatcher);
        Reminders = new ReminderService(this);
    }

    public ITurnDispatcher Dispatcher { get; }

    public Random Random { get; }

    public GrainCatalog Catalog { get; } = new();

    public WireCopier Copier { get; }

    public ObserverTable Observers { get; }

    public ReminderService Reminders { get; }

    public IReminderStore MemoryReminders { get; } = new MemoryReminderStore();

    public MemoryRecords MemoryRecords { get; } = new();

    /// <summary>What may happen to a call on its way; none in production.</summary>
    public ICallFaults? Faults { get; set; }

    /// <summary>All silos that ever joined, in the order they did.</summary>
    public IReadOnlyList<EmbeddedSilo> Silos => _silos;

    public void Join(EmbeddedSilo silo)
    {
        lock (_membershipLock)
            _silos = [.. _silos, silo];
        Reminders.OnMembershipChanged();
    }

    /// <summary>A silo that left keeps its place in the list as dead; its grains live on elsewhere from the next call on.</summary>
    public void OnLeft(EmbeddedSilo silo)
    {
        MemoryRecords.ForgetAllOf(silo);
        Observers.RemoveAllOf(silo);
        Reminders.OnMembershipChanged();
    }

    /// <summary>
    /// A completion whose waiters never run inside the turn that completes it: on the thread pool they are started apart,
    /// in a simulation the completion itself is deferred to where no turn runs.
    /// </summary>
    public TaskCompletionSource<TResult> NewCompletion<TResult>() =>
        new(Dispatcher.DefersAnswers ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    public void Send(MethodCall call)
    {
        switch (Faults?.Judge(call) ?? CallFate.Deliver)
        {
            case CallFate.Deliver:
                Route(call);
                break;
            case CallFate.LoseResponse:
                call.LoseResponse();
                Route(call);
                break;
            case CallFate.Reject:
                call.Fail(new OrleansMessageRejectionException($"The call {call.Method.Name} of {call.Target} was rejected by an injected fault."));
                break;
            case CallFate.Drop:
                break;
            default:
                throw new InvalidOperationException("No such fate.");
        }
    }

    /// <summary>Brings a call to the activation of its target, which it creates where there is none.</summary>
    public void Route(MethodCall call)
    {
        try
        {
            if (ObserverTable.IsObserver(call.Target))
                Observers.Deliver(call);
            else
                RouteToActivation(call);
        }
        catch (Exception error)
        {
            call.Fail(error);
        }
    }

    public Activation? Find(GrainId id) => _directory.GetValueOrDefault(id);

    public void Unregister(Activation activation) => _directory.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    private void RouteToActivation(MethodCall call)
    {
        while (true)
        {
            var activation = Find(call.Target) ?? Place(call);
            call.CrossTo(activation.Silo);
            if (activation.TryReceive(call))
                return;
            Unregister(activation);
        }
    }

    private Activation Place(MethodCall call)
    {
        var grainClass = Catalog.ClassOf(call.Target.Type);
        var silo = ChooseSilo(grainClass.Placement, call.Sender);
        var created = new Activation(silo, call.Target, grainClass);
        var placed = _directory.GetOrAdd(call.Target, created);
        if (ReferenceEquals(placed, created))
            silo.Adopt(created);
        return placed;
    }

    private EmbeddedSilo ChooseSilo(PlacementKind placement, ClusterNode caller)
    {
        var candidates = Array.FindAll(_silos, static silo => silo.Status == SiloStatus.Active);
        if (candidates.Length == 0)
            throw new SiloUnavailableException("No silo is active.");
        if (placement == PlacementKind.LeastLoaded)
            return candidates.MinBy(static silo => silo.ActivationCount)!;
        return placement == PlacementKind.PreferLocal && caller is EmbeddedSilo { Status: SiloStatus.Active } local
            ? local
            : candidates[NextRandom(candidates.Length)];
    }

    private int NextRandom(int limit)
    {
        lock (_membershipLock)
            return Random.Next(limit);
    }
}
