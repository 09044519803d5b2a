using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Engine.Checkpoints;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;
using PgCdc.TestKit.Time;

namespace PgCdc.Engine.Tests.Checkpoints;

/// <summary>A checkpoint writer with its sink, its copy and a session, in virtual time.</summary>
internal sealed class CheckpointRig
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;
    private long _sequence;

    public CheckpointRig(Simulation simulation)
    {
        Simulation = simulation;
        Checkpoints.Saving = _ => WriteAsync();
        Detector = new MemoryDetector(new SourceLog(), new Random(1)) { Confirming = position => Checkpoints.Note($"confirm {position}") };
        var options = new PipelineRunOptions
        {
            Pipeline = "orders",
            Epoch = 1,
            Detector = "memory",
            Mode = BusMode.Reliable,
            Routes = new RouteTable(1, new Dictionary<string, IReadOnlyList<string>>()),
            ExportKey = "pgcdc_test",
        };
        var services = new RunServices(simulation.Time, new Random(1), new PgCdcMetrics(), NullLoggerFactory.Instance);
        Writer = new CheckpointWriter(options, Tracker, Checkpoints, Checkpoints, services);
        _writing = simulation.Start(() => Writer.RunAsync(_stop.Token));
    }

    public Simulation Simulation { get; }

    public AckTracker Tracker { get; } = new(1);

    public MemoryCheckpoints Checkpoints { get; } = new() { Epoch = 1 };

    public MemoryDetector Detector { get; }

    public CheckpointWriter Writer { get; }

    /// <summary>When the state was written, in virtual time.</summary>
    public List<TimeSpan> Writes { get; } = [];

    /// <summary>What a write of the state does before it succeeds.</summary>
    public Func<Task>? Writing { get; set; }

    public Task Ended => _writing;

    public static void Run(Func<CheckpointRig, Task> scenario)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var simulation = new Simulation(seed);
            simulation.Run(() => scenario(new CheckpointRig(simulation)));
        }
    }

    public async Task ConnectAsync(DetectorCheckpoint? checkpoint = null)
    {
        var start = new DetectorStart { Pipeline = "orders", Epoch = 1, Checkpoint = checkpoint };
        await Writer.ConnectedAsync(await Detector.ConnectAsync(start, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>An event was acked and a mark stands behind it.</summary>
    public void Event(ulong position)
    {
        Tracker.Mark(++_sequence, new PositionMark(1, SourceLog.At(position), position));
        Tracker.Dispatched(0, _sequence, needsAck: true);
        Tracker.Acked(0, 0, _sequence);
        Writer.Notify();
    }

    /// <summary>A mark without events.</summary>
    public void Idle(ulong position)
    {
        Tracker.Mark(_sequence, new PositionMark(0, SourceLog.At(position), position));
        Writer.Notify();
    }

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Simulation.Time);

    public async Task StopAsync()
    {
        _stop.Cancel();
        await _writing;
    }

    private async Task WriteAsync()
    {
        if (Writing is { } writing)
            await writing();

        Writes.Add(Simulation.Time.Elapsed);
    }
}
