using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.TestKit.Pipeline;

/// <summary>
/// Reads a <see cref="SourceLog"/> as a detector reads a server: a connection starts at the checkpoint, after a reconnect what this run was given
/// is left out, batches are cut anywhere, marks stand behind transactions.
/// </summary>
public sealed class MemoryDetector(SourceLog log, Random random) : IDetector
{
    /// <summary>Runs before a connection is there; may fail or take its time.</summary>
    public Func<Task>? Connecting { get; set; }

    /// <summary>Runs before each batch; may fail or take its time.</summary>
    public Func<Task>? Reading { get; set; }

    /// <summary>Runs at each confirmation.</summary>
    public Action<Position>? Confirming { get; set; }

    /// <summary>Largest number of events in a batch.</summary>
    public int BatchEvents { get; set; } = 4;

    /// <summary>Whether marks without events are sent, too.</summary>
    public bool SendsKeepAlives { get; set; }

    public SourceIdentity Identity { get; set; } = new() { System = "7", Database = "shop", Slot = "pgcdc_test" };

    /// <summary>Every batch that was read, for looking at leases.</summary>
    public IReadOnlyList<EventBatch> Batches => _batches;

    public IReadOnlyList<DetectorStart> Starts => _starts;

    public IReadOnlyList<Position> Confirmed => _confirmed;

    public int SessionsClosed { get; private set; }

    public bool IsDisposed { get; private set; }

    public string Source => "memory";

    private readonly List<EventBatch> _batches = [];
    private readonly List<DetectorStart> _starts = [];
    private readonly List<Position> _confirmed = [];
    private SortKey _last;
    private ulong _mark;

    public async Task<IDetectorSession> ConnectAsync(DetectorStart start, CancellationToken cancellationToken)
    {
        _starts.Add(start);
        if (Connecting is { } connecting)
            await connecting();

        cancellationToken.ThrowIfCancellationRequested();
        var position = start.Checkpoint?.Position ?? start.Exported ?? SourceLog.At(0);
        _mark = Math.Max(_mark, SourceLog.LsnOf(position));
        return new MemorySession(this, new DetectorCheckpoint(position, SourceLog.LsnOf(position), Identity));
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    internal void Confirm(Position position)
    {
        _confirmed.Add(position);
        Confirming?.Invoke(position);
    }

    internal void Closed() => SessionsClosed++;

    /// <summary>The next batch behind what was given; null with the task to wait for when there is none yet.</summary>
    public (EventBatch? Batch, Task Grown) Next(ulong origin)
    {
        var script = new BatchScript();
        var wanted = random.Next(1, BatchEvents + 1);
        var (change, grown) = log.After(_last, origin);
        if (change is null)
            return (KeepAlive(), grown);

        for (; change is not null && script.Count < wanted; (change, _) = log.After(_last, origin))
        {
            var transactionEnds = log.After(change.Key, origin).Event is not { } next || next.EndLsn != change.EndLsn;
            script.Add(change, transactionEnds);
            _last = change.Key;
            if (transactionEnds && change.EndLsn > _mark)
                script.Mark(_mark = change.EndLsn);
        }

        return (Built(script), grown);
    }

    private EventBatch? KeepAlive()
    {
        var position = log.End + 5;
        if (!SendsKeepAlives || position <= _mark)
            return null;

        var script = new BatchScript();
        script.Mark(_mark = position);
        return Built(script);
    }

    private EventBatch Built(BatchScript script)
    {
        var batch = script.Build();
        _batches.Add(batch);
        return batch;
    }
}
