using PgCdc.Errors;
using PgCdc.TestKit.Pipeline;

namespace PgCdc.Engine.Tests.Pipeline;

/// <summary>An adapter of a <see cref="PipelineRig"/>: its sink, its port, and what its incarnations do.</summary>
internal sealed class RigAdapter
{
    private readonly List<SyncedMemoryAdapter> _incarnations = [];

    public RigAdapter(string name, PipelineRig rig, string[] tables)
    {
        Name = name;
        Tables = tables;
        Sink = new MemorySink(rig.Log, tables.Length == 0 ? null : tables);
        Port = new MemoryPort(name, Memory, Create, rig.Reports, rig.Services);
    }

    public string Name { get; }

    public string[] Tables { get; }

    public MemorySink Sink { get; }

    public MemoryPort Port { get; }

    public AdapterMemory Memory { get; } = new();

    public IReadOnlyList<SyncedMemoryAdapter> Incarnations => _incarnations;

    public Func<CancellationToken, Task>? Writing { get; set; }

    public Func<CancellationToken, Task>? Syncing { get; set; }

    public static DeliveryException Failure(Disposition disposition) => new(ErrorCode.DeliveryFailed, disposition, "the sink is away");

    /// <summary>Fails so many times, then works.</summary>
    public static Func<CancellationToken, Task> Failing(int times, Disposition disposition = Disposition.Retry) =>
        _ => times-- > 0 ? Task.FromException(Failure(disposition)) : Task.CompletedTask;

    private SyncedMemoryAdapter Create()
    {
        // What the last incarnation had not synced may be lost with it.
        Sink.Crash();
        var made = new SyncedMemoryAdapter(Sink)
        {
            Writing = token => Writing?.Invoke(token) ?? Task.CompletedTask,
            Syncing = token => Syncing?.Invoke(token) ?? Task.CompletedTask,
        };
        _incarnations.Add(made);
        return made;
    }
}
