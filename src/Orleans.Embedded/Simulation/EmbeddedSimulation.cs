using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Scheduling;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.Embedded.Simulation;

/// <summary>
/// A cluster whose every turn is chosen by a seed, on the calling thread and on a virtual clock: the same seed gives the
/// same run. Faults are injected by call, by turn and by silo.
/// </summary>
public sealed class EmbeddedSimulation : IDisposable
{
    private readonly SeededDispatcher _dispatcher;
    private readonly InProcessTestClusterBuilder _builder;
    private readonly SortedDictionary<long, Action> _plan = [];
    private readonly EmbeddedCluster _cluster;
    private InProcessTestCluster? _silos;

    public EmbeddedSimulation(int seed, short silos = 1)
    {
        Seed = seed;
        Random = new Random(seed);
        _dispatcher = new SeededDispatcher(Random);
        _cluster = new EmbeddedCluster(_dispatcher, Random) { Faults = new Judge(this) };
        _builder = new InProcessTestClusterBuilder(silos);
        _builder.ConfigureHost(host => host.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
    }

    public int Seed { get; }

    /// <summary>The source of every choice; a test draws its own from here too.</summary>
    public Random Random { get; }

    public VirtualTime Time { get; } = new();

    /// <summary>Turns run so far.</summary>
    public long Turns { get; private set; }

    /// <summary>How long the clock may run before a body that does not end is an error. Default 1 day.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Decides the fate of each call; without it all are delivered.</summary>
    public Func<SimulatedCall, CallFate>? OnCall { get; set; }

    /// <summary>The cluster; it starts at the first use.</summary>
    public InProcessTestCluster Cluster => _silos ??= Deploy();

    public IClusterClient Client => Cluster.Client;

    /// <summary>Configures every silo; call it before the cluster is used.</summary>
    public EmbeddedSimulation ConfigureSilo(Action<ISiloBuilder> configure)
    {
        _builder.ConfigureSilo((_, silo) => configure(silo));
        return this;
    }

    /// <summary>Runs an action right before the given turn, as a fault that hits at a point.</summary>
    public void AtTurn(long turn, Action action) => _plan.Add(turn, action);

#pragma warning disable CA1822 // Reads better on the simulation it happens in.
    /// <summary>The silo dies between two turns.</summary>
    public void Kill(InProcessSiloHandle silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Silo.Kill();
    }
#pragma warning restore CA1822

    /// <summary>Runs the body, itself turn by turn like a grain, and everything it sets off, until the body ends.</summary>
    public void Run(Func<Task> body) => Run(async () =>
    {
        await body();
        return true;
    });

    /// <inheritdoc cref="Run(Func{Task})" />
    public T Run<T>(Func<Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        _ = Cluster;
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var running = Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.None, new TurnQueue(_dispatcher)).Unwrap();
            while (!running.IsCompleted)
                Step();
            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() => _silos?.Dispose();

    private void Step()
    {
        if (_dispatcher.TryTake(out var step))
        {
            if (_plan.Remove(++Turns, out var fault))
                fault();
            step();
            return;
        }

        if (Time.Elapsed > TimeLimit || !Time.FireNext())
            throw new TimeoutException($"The simulation with seed {Seed} is stuck after {Turns} turns at {Time.Elapsed}: the body waits for something that does not come.");
    }

    private InProcessTestCluster Deploy()
    {
        var cluster = new InProcessTestCluster(_builder.Options, _cluster);
        cluster.DeployAsync().GetAwaiter().GetResult();
        return cluster;
    }

    private sealed class Judge(EmbeddedSimulation simulation) : ICallFaults
    {
        CallFate ICallFaults.Judge(MethodCall call) =>
            simulation.OnCall?.Invoke(new SimulatedCall(call.Target, call.Method.Name)) ?? CallFate.Deliver;
    }
}
