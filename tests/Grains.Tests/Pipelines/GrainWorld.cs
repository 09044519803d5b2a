using System.Collections.Concurrent;
using PgCdc.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.TestKit.Pipeline;

namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>What lies outside the cluster for one test: a source, sinks, and what is wrong with them. Connectors find it by its name.</summary>
internal sealed class GrainWorld
{
    private static readonly ConcurrentDictionary<string, GrainWorld> s_worlds = new();

    public GrainWorld()
    {
        Pipeline = Guid.NewGuid().ToString("N");
        s_worlds[Pipeline] = this;
    }

    public string Pipeline { get; }

    public SourceLog Log { get; } = new();

    public ConcurrentDictionary<string, MemorySink> Sinks { get; } = new();

    /// <summary>One per run, in order.</summary>
    public ConcurrentQueue<MemoryDetector> Detectors { get; } = new();

    /// <summary>The metrics of the silo that made the last detector: tells which silo that is.</summary>
    public PgCdcMetrics? Home { get; set; }

    public Func<Task>? Connecting { get; set; }

    public Func<CancellationToken, Task>? Opening { get; set; }

    public Action? Disposing { get; set; }

    public MemorySink Sink => SinkOf("one");

    public static GrainWorld Of(string pipeline) => s_worlds[pipeline];

    public MemorySink SinkOf(string name) => Sinks.GetOrAdd(name, _ => new MemorySink(Log));

    public PipelineDefinition Definition(params string[] adapters) => new()
    {
        Name = Pipeline,
        Detector = new ConnectorDefinition("source", "memory-source", new Dictionary<string, string>()),
        Adapters = [.. (adapters.Length == 0 ? ["one"] : adapters).Select(Adapter)],
        ShutdownTimeout = TimeSpan.FromSeconds(2),
        BackoffBase = TimeSpan.FromMilliseconds(100),
        BackoffCap = TimeSpan.FromMilliseconds(100),
    };

    public static ConnectorDefinition Adapter(string name) => new(name, "memory-sink", new Dictionary<string, string>());

    public void Commit(int transactions, params string[] tables)
    {
        for (; transactions > 0; transactions--)
            Log.Commit(tables.Length == 0 ? ["orders"] : tables);
    }

    public Task UntilDeliveredAsync(string sink = "one") =>
        Eventually.AsTrue(() => SinkOf(sink).Durable == Log.Events.Count, $"delivery of {Log.Events.Count} events to '{sink}'");
}
