using PgCdc.Engine.Checkpoints;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.TestKit.Pipeline;

/// <summary>The state of a pipeline grain, in memory, with its exported copy. Outlives runs.</summary>
public sealed class MemoryCheckpoints : ICheckpointSink, ICheckpointStore
{
    private readonly List<string> _calls = [];

    public long Epoch { get; set; }

    public DetectorCheckpoint? Stored { get; private set; }

    public Position? Exported { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What was called, in order: state, export.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>Runs before the state is written; may fail or take its time.</summary>
    public Func<DetectorCheckpoint, Task>? Saving { get; set; }

    /// <summary>Runs before the copy is written; may fail or take its time.</summary>
    public Func<Position, Task>? Exporting { get; set; }

    public void Note(string call) => _calls.Add(call);

    public async Task SaveAsync(long epoch, string detector, DetectorCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (Saving is { } saving)
            await saving(checkpoint).WaitAsync(cancellationToken);

        if (epoch != Epoch)
            throw new CheckpointException(ErrorCode.StaleEpoch, $"epoch {epoch} is not {Epoch}");

        Note($"state {checkpoint.Position}");
        Stored = checkpoint;
    }

    public Task<Position?> LoadAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Exported);

    public async Task SaveAsync(string key, Position position, CancellationToken cancellationToken)
    {
        if (Exporting is { } exporting)
            await exporting(position).WaitAsync(cancellationToken);

        Note($"export {position}");
        Exported = position;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
