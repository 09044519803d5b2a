using PgCdc.Events;

namespace PgCdc.Sources;

/// <summary>Second copy of checkpoints outside the pipeline's own state, written after the state and before the source is told. Thread safe.</summary>
public interface ICheckpointStore : IAsyncDisposable
{
    /// <summary>The stored position, or null.</summary>
    /// <exception cref="Errors.CheckpointException">The store could not be read.</exception>
    Task<Position?> LoadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores a position.</summary>
    /// <exception cref="Errors.CheckpointException">The store could not be written.</exception>
    Task SaveAsync(string key, Position position, CancellationToken cancellationToken);
}
