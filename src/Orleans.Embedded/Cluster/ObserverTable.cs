using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Scheduling;
using Orleans.Runtime;

namespace Orleans.Embedded.Cluster;

/// <summary>Objects that grains call back. Held weakly, as Orleans does: whoever observes keeps the object.</summary>
internal sealed class ObserverTable(ITurnDispatcher dispatcher)
{
    private static readonly GrainType ObserverType = GrainType.Create("sys.observer");

    private readonly ConcurrentDictionary<GrainId, Entry> _entries = new();
    private long _lastNumber;

    public static bool IsObserver(GrainId id) => id.Type == ObserverType;

    public GrainId Add(ClusterNode node, IGrainObserver observer)
    {
        var id = GrainId.Create(ObserverType, Interlocked.Increment(ref _lastNumber).ToString(CultureInfo.InvariantCulture));
        _entries[id] = new Entry(node, observer, dispatcher);
        return id;
    }

    public void Remove(GrainId id) => _entries.TryRemove(id, out _);

    public void RemoveAllOf(ClusterNode node)
    {
        foreach (var (id, entry) in _entries)
        {
            if (ReferenceEquals(entry.Node, node))
                Remove(id);
        }
    }

    public void Deliver(MethodCall call)
    {
        if (_entries.TryGetValue(call.Target, out var entry) && !entry.Node.IsDead && entry.Observer.TryGetTarget(out var target))
        {
            call.CrossTo(entry.Node);
            entry.Receive(call, target);
            return;
        }

        Remove(call.Target);
        call.Fail(new OrleansMessageRejectionException($"The observer {call.Target} is gone."));
    }

    /// <summary>Calls to one observer run one at a time, in the order they were sent.</summary>
    private sealed class Entry
    {
        private readonly RequestPump _pump;

        public Entry(ClusterNode node, IGrainObserver observer, ITurnDispatcher dispatcher)
        {
            (Node, Observer) = (node, new WeakReference<IGrainObserver>(observer));
            _pump = new RequestPump(new TurnQueue(dispatcher), isReentrant: false, onEnded: static _ => { }, onDrained: static () => { });
            _pump.Open(Observer);
        }

        public ClusterNode Node { get; }

        public WeakReference<IGrainObserver> Observer { get; }

        public void Receive(MethodCall call, IGrainObserver target) => _pump.TryReceive(new ObserverCall(call, target));
    }

    /// <summary>Keeps the observer alive until the call has run.</summary>
    private sealed class ObserverCall(MethodCall call, IGrainObserver observer) : GrainCall, IRequestEnd
    {
        private IRequestEnd? _ended;

        public override bool IsAlwaysInterleave => call.IsAlwaysInterleave;

        public override bool IsReadOnly => call.IsReadOnly;

        public override bool IsAbandoned => call.IsAbandoned;

        public override void Run(object target, IRequestEnd ended)
        {
            _ended = ended;
            call.Run(observer, this);
        }

        public override void Fail(Exception error) => call.Fail(error);

        public void OnEnded(GrainCall ended) => _ended!.OnEnded(this);
    }
}
