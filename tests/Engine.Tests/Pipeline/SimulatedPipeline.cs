using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;
using PgCdc.TestKit.Time;
using Xunit;

namespace PgCdc.Engine.Tests.Pipeline;

/// <summary>
/// What outlives processes (source log, sinks, checkpoint, adapters' states) and a row of processes that work on it, of which all but the last
/// die. The sinks refuse gaps and foreign bytes; each checkpoint is compared with what is durable; each confirmation with the checkpoint.
/// </summary>
internal sealed class SimulatedPipeline
{
    private static readonly string[] s_tables = ["orders", "users", "noise"];

    private readonly Random _random;
    private readonly SourceLog _log = new();
    private readonly MemoryCheckpoints _checkpoints = new();
    private readonly List<SimulatedSink> _sinks = [];
    private readonly List<string> _history = [];
    private FakeTimeProvider _time = new();

    public SimulatedPipeline(int seed)
    {
        _random = new Random(seed);
        for (var index = _random.Next(1, 4); index > 0; index--)
            _sinks.Add(new SimulatedSink($"sink{index}", _log, _random.Next(2) == 0 ? null : [s_tables[_random.Next(2)]]));
    }

    /// <summary>What became durable, in order.</summary>
    public IReadOnlyList<string> History => _history;

    public void LiveAndDie()
    {
        for (var deaths = _random.Next(4); deaths > 0; deaths--)
            Die(new SimulatedProcess(this, _random.Next(), isCalm: false));

        var last = new SimulatedProcess(this, _random.Next(), isCalm: true);
        last.Simulation.Run(() => FinishAsync(last));
        Assert.All(_sinks, sink => Assert.Equal(sink.Sink.Wanted.Count, sink.Sink.Durable));
        Assert.True(SourceLog.LsnOf(_checkpoints.Stored!.Position) >= _log.End);
        Assert.DoesNotContain(last.Detector.Batches, batch => batch.TryRetain());
    }

    private void Die(SimulatedProcess process)
    {
        process.Simulation.Run(() => WorkAsync(process), steps: _random.Next(3_000));
        _time = new FakeTimeProvider(process.Simulation.Time.GetUtcNow());
        AssertHealthy(process);
        foreach (var sink in _sinks)
            sink.Sink.Crash();
    }

    /// <summary>Bad luck must not end a run, and no sink may have seen what must not happen.</summary>
    private void AssertHealthy(SimulatedProcess process)
    {
        Assert.All(_sinks, sink => Assert.Null(sink.Sink.Violation));
        Assert.Null(process.Ended.Exception);
    }

    private async Task WorkAsync(SimulatedProcess process)
    {
        process.Start();
        for (var commits = _random.Next(1, 25); commits > 0; commits--)
        {
            Commit(process.Simulation.Random);
            await process.Simulation.DelayAsync(process.Simulation.Random.Next(200));
        }

        await process.Ended;
    }

    private async Task FinishAsync(SimulatedProcess process)
    {
        process.Start();
        for (var commits = 0; commits < 5; commits++)
            Commit(process.Simulation.Random);

        await process.Simulation.UntilAsync(
            () => process.Ended.IsFaulted || SourceLog.LsnOf(_checkpoints.Stored?.Position ?? SourceLog.At(0)) >= _log.End,
            "the checkpoint at the end of the log");
        AssertHealthy(process);
        process.Run.Stop(TimeSpan.FromSeconds(30));
        await process.Ended;
        AssertHealthy(process);
    }

    private void Commit(Random random) => _log.Commit([.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => s_tables[random.Next(s_tables.Length)])]);

    /// <summary>An adapter's world: its sink and its grain's state.</summary>
    private sealed class SimulatedSink(string name, SourceLog log, string[]? tables)
    {
        public string Name => name;

        public string[]? Tables => tables;

        public MemorySink Sink { get; } = new(log, tables);

        public AdapterMemory Memory { get; } = new();
    }

    /// <summary>One process: a run, its adapters and its bad luck.</summary>
    private sealed class SimulatedProcess
    {
        private readonly SimulatedPipeline _world;
        private readonly RunServices _services;
        private readonly MemoryReports _reports = new();
        private readonly MemoryPort[] _ports;
        private readonly bool _isCalm;

        public SimulatedProcess(SimulatedPipeline world, int seed, bool isCalm)
        {
            _world = world;
            _isCalm = isCalm;
            Simulation = new Simulation(seed, world._time);
            _services = new RunServices(Simulation.Time, new Random(seed), new PgCdcMetrics(), NullLoggerFactory.Instance);
            Detector = new MemoryDetector(world._log, Simulation.Random)
            {
                SendsKeepAlives = Simulation.Random.Next(2) == 0,
                BatchEvents = Simulation.Random.Next(1, 9),
                Reading = () => LuckAsync(DetectorLost()),
                Confirming = AssertStored,
            };
            world._checkpoints.Epoch++;
            world._checkpoints.Saving = SavingAsync;
            world._checkpoints.Exporting = _ => LuckAsync(new CheckpointException(ErrorCode.StateUnavailable, "the copy is away"));
            _reports.Reporting = _ => LuckAsync(new TimeoutException("the report is lost"));
            _ports = [.. world._sinks.Select(Port)];
            Run = new PipelineRun(Options(), Detector, _ports, world._checkpoints, world._checkpoints, _services);
            _reports.Run = Run;
        }

        public Simulation Simulation { get; }

        public MemoryDetector Detector { get; }

        public PipelineRun Run { get; }

        public Task Ended { get; private set; } = Task.CompletedTask;

        public void Start()
        {
            Ended = Simulation.Start(Run.RunAsync);
            if (!_isCalm)
                _ = Simulation.Start(DisturbAsync);
        }

        /// <summary>Now and then an adapter's silo dies, or its grain stores how far it is.</summary>
        private async Task DisturbAsync()
        {
            while (!Ended.IsCompleted)
            {
                await Simulation.DelayAsync(Simulation.Random.Next(1, 400));
                var index = Simulation.Random.Next(_ports.Length);
                if (Simulation.Random.Next(3) > 0)
                    _ports[index].StoreAcked();
                else
                    _ports[index].Forget();
            }
        }

        private PipelineRunOptions Options() => new()
        {
            Pipeline = "orders",
            Epoch = _world._checkpoints.Epoch,
            Detector = "memory",
            Mode = BusMode.Reliable,
            Routes = new RouteTable(1, _world._sinks.Where(sink => sink.Tables is not null)
                .ToDictionary(sink => sink.Name, sink => (IReadOnlyList<string>)[.. sink.Tables!.Select(table => $"pgcdc:{table}")])),
            Checkpoint = _world._checkpoints.Stored,
            ExportKey = "pgcdc_test",
            CreditEvents = Simulation.Random.Next(1, 40),
            ReconnectBase = TimeSpan.FromMilliseconds(200),
            ReconnectCap = TimeSpan.FromSeconds(2),
        };

        private MemoryPort Port(SimulatedSink sink) => new(sink.Name, sink.Memory, () => Adapter(sink), _reports, _services)
        {
            Calling = _ => LuckAsync(new TimeoutException("the call is lost")),
            Answering = _ => LuckAsync(new TimeoutException("the answer is lost")),
        };

        private SyncedMemoryAdapter Adapter(SimulatedSink sink)
        {
            sink.Sink.Crash();
            return new SyncedMemoryAdapter(sink.Sink)
            {
                Opening = _ => LuckAsync(RigAdapter.Failure(Disposition.Retry)),
                Writing = _ => LuckAsync(RigAdapter.Failure(Disposition.Retry)),
                Syncing = _ => LuckAsync(RigAdapter.Failure(Disposition.Retry)),
            };
        }

        private async Task SavingAsync(DetectorCheckpoint checkpoint)
        {
            foreach (var sink in _world._sinks)
                sink.Sink.AssertCovers(checkpoint.Position);

            await LuckAsync(new CheckpointException(ErrorCode.StateUnavailable, "the state is away"));
            _world._history.Add($"{Simulation.Time.Elapsed} {checkpoint.Position}");
        }

        private void AssertStored(Position position) => Assert.True(
            SourceLog.LsnOf(position) <= SourceLog.LsnOf(_world._checkpoints.Stored!.Position), $"{position} was confirmed before it was stored");

        private async Task LuckAsync(Exception bad)
        {
            switch (Simulation.Random.Next(_isCalm ? 400 : 20))
            {
                case 0 when Run.Connected.IsCompletedSuccessfully:
                    throw bad;
                case 1:
                    await Simulation.DelayAsync(Simulation.Random.Next(1, 500));
                    break;
                case < 6:
                    await Task.Yield();
                    break;
            }
        }

        private static DetectorException DetectorLost() => new(ErrorCode.SourceUnavailable, "the server is away", isTransient: true);
    }
}
