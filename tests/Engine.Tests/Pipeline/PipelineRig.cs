using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;
using PgCdc.TestKit.Time;
using Xunit;
using Xunit.Sdk;

namespace PgCdc.Engine.Tests.Pipeline;

/// <summary>A run with everything around it in memory, in one simulation. Checks at each checkpoint and confirmation that it is not too early.</summary>
internal sealed class PipelineRig
{
    private readonly List<RigAdapter> _adapters = [];

    public PipelineRig(int seed)
    {
        Simulation = new Simulation(seed);
        Services = new RunServices(Simulation.Time, new Random(seed), new PgCdcMetrics(), NullLoggerFactory.Instance);
        Detector = new MemoryDetector(Log, new Random(seed)) { Confirming = Confirming };
        Checkpoints.Saving = Saving;
    }

    public Simulation Simulation { get; }

    public RunServices Services { get; }

    public SourceLog Log { get; } = new();

    public MemoryDetector Detector { get; }

    public MemoryCheckpoints Checkpoints { get; } = new() { Epoch = 1 };

    public MemoryReports Reports { get; } = new();

    public IReadOnlyList<RigAdapter> Adapters => _adapters;

    public PipelineRunOptions Options { get; set; } = new()
    {
        Pipeline = "orders",
        Epoch = 1,
        Detector = "memory",
        Mode = BusMode.Reliable,
        Routes = new RouteTable(1, new Dictionary<string, IReadOnlyList<string>>()),
        ExportKey = "pgcdc_test",
    };

    public PipelineRun Run { get; private set; } = null!;

    /// <summary>The run; fails as it fails.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Tries a scenario under several interleavings.</summary>
    public static void Try(Func<PipelineRig, Task> scenario, int seeds = 12)
    {
        for (var seed = 1; seed <= seeds; seed++)
        {
            var rig = new PipelineRig(seed);
            try
            {
                rig.Simulation.Run(() => scenario(rig));
                Assert.All(rig._adapters, adapter => Assert.Null(adapter.Sink.Violation));
            }
            catch (Exception error)
            {
                throw new XunitException($"Seed {seed}: {string.Join("; ", rig._adapters.Select(adapter => adapter.Sink.Violation))} {error}");
            }
        }
    }

    public RigAdapter Add(string name, params string[] tables)
    {
        var adapter = new RigAdapter(name, this, tables);
        _adapters.Add(adapter);
        return adapter;
    }

    public void Start()
    {
        var routes = _adapters.Where(adapter => adapter.Tables.Length > 0)
            .ToDictionary(adapter => adapter.Name, adapter => (IReadOnlyList<string>)[.. adapter.Tables.Select(table => $"pgcdc:{table}")]);
        Options = Options with { Routes = new RouteTable(1, routes) };
        Run = new PipelineRun(Options, Detector, [.. _adapters.Select(adapter => adapter.Port)], Checkpoints, Checkpoints, Services);
        Reports.Run = Run;
        Ended = Simulation.Start(Run.RunAsync);
    }

    public Task UntilCheckpointAsync(ulong lsn) =>
        Simulation.UntilAsync(() => Checkpoints.Stored is { } stored && SourceLog.LsnOf(stored.Position) >= lsn, $"checkpoint {lsn}");

    public async Task StopAsync()
    {
        Run.Stop(TimeSpan.FromSeconds(5));
        await Ended;
    }

    /// <summary>Commits transactions of a table, each with so many rows.</summary>
    public void Commit(int transactions, int rows = 3, string table = "orders")
    {
        for (; transactions > 0; transactions--)
            Log.Commit([.. Enumerable.Repeat(table, rows)]);
    }

    /// <summary>Every batch was given back by everybody; that nobody did twice is checked by the batch itself.</summary>
    public void AssertReleased() => Assert.DoesNotContain(Detector.Batches, batch => batch.TryRetain());

    public void AssertComplete()
    {
        Assert.All(_adapters, adapter => Assert.Equal(adapter.Sink.Wanted.Count, adapter.Sink.Durable));
        Assert.Equal(SourceLog.At(Log.End), Checkpoints.Stored!.Position);
        Assert.Equal(SourceLog.At(Log.End), Checkpoints.Exported);
        Assert.Equal(SourceLog.At(Log.End), Detector.Confirmed[^1]);
        AssertReleased();
    }

    private Task Saving(DetectorCheckpoint checkpoint)
    {
        foreach (var adapter in _adapters.Where(adapter => !adapter.Sink.MayMissEvents))
            adapter.Sink.AssertCovers(checkpoint.Position);

        return Task.CompletedTask;
    }

    private void Confirming(Position position)
    {
        Assert.True(SourceLog.LsnOf(position) <= SourceLog.LsnOf(Checkpoints.Stored!.Position), $"{position} was confirmed before it was stored");
        Assert.True(SourceLog.LsnOf(position) <= SourceLog.LsnOf(Checkpoints.Exported!.Value), $"{position} was confirmed before it was exported");
    }
}
