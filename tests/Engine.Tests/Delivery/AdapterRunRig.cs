using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Delivery;
using PgCdc.Engine.Delivery;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;
using PgCdc.TestKit.Pipeline;
using PgCdc.TestKit.Time;
using Xunit;

namespace PgCdc.Engine.Tests.Delivery;

/// <summary>One incarnation of an adapter with numbered batches of a made-up source, in virtual time.</summary>
internal sealed class AdapterRunRig
{
    private readonly List<EventBatch> _batches = [];
    private readonly MemoryDetector _detector;

    private AdapterRunRig(Simulation simulation)
    {
        Simulation = simulation;
        Sink = new MemorySink(Log);
        _detector = new MemoryDetector(Log, new Random(1)) { BatchEvents = 1 };
        Adapter = new SyncedMemoryAdapter(Sink);
    }

    public Simulation Simulation { get; }

    public SourceLog Log { get; } = new();

    public MemorySink Sink { get; }

    public SyncedMemoryAdapter Adapter { get; }

    public MemoryReports Reports { get; } = new();

    public AdapterRun Run { get; private set; } = null!;

    public Task Ended { get; private set; } = Task.CompletedTask;

    public AdapterRunOptions Options { get; set; } = new()
    {
        Pipeline = "orders",
        Adapter = "file",
        Epoch = 1,
        Incarnation = 3,
        FirstSequence = 0,
        SyncBeforeAck = true,
    };

    public long Acked => Run.Receipt.AckedBelow;

    public static void Try(Func<AdapterRunRig, Task> scenario)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var simulation = new Simulation(seed);
            var rig = new AdapterRunRig(simulation);
            simulation.Run(() => scenario(rig));
            Assert.Null(rig.Sink.Violation);
        }
    }

    public void Start(IBatchAdapter? adapter = null)
    {
        var services = new RunServices(Simulation.Time, new Random(1), new PgCdcMetrics(), NullLoggerFactory.Instance);
        Run = new AdapterRun(Options, adapter ?? Adapter, Reports, services);
        Ended = Simulation.Start(Run.RunAsync);
    }

    /// <summary>Batches of one transaction each, numbered on; the test holds a lease until <see cref="AssertReleased"/>.</summary>
    public EventBatch[] Batches(int count, int rows = 1)
    {
        _detector.BatchEvents = rows;
        for (var made = 0; made < count; made++)
        {
            Log.Commit([.. Enumerable.Repeat("orders", rows)]);
            for (var before = Log.Events.Count - rows; before < Log.Events.Count;)
            {
                var batch = Read().Numbered(1, before, 1);
                before += batch.Count;
                _batches.Add(batch);
            }
        }

        return [.. _batches];
    }

    public void Accept(params IEnumerable<EventBatch> batches)
    {
        foreach (var batch in batches)
            Assert.Equal(DeliveryOutcome.Accepted, Run.Accept(batch, batch.FirstSequence).Outcome);
    }

    public Task UntilAckedAsync(long below) => Simulation.UntilAsync(() => Acked >= below, $"ack below {below}");

    /// <summary>Nobody but the test holds the batches.</summary>
    public void AssertReleased()
    {
        foreach (var batch in _batches)
        {
            batch.Release();
            Assert.False(batch.TryRetain());
        }
    }

    private EventBatch Read() => _detector.Next(0).Batch!;
}
