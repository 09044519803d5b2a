using PgCdc.Events;

namespace PgCdc.Sources;

/// <summary>One connection of a detector. It answers its server for as long as it lives, however slowly batches are taken.</summary>
public interface IDetectorSession : IAsyncDisposable
{
    /// <summary>Where reading starts, and in what.</summary>
    DetectorCheckpoint Origin { get; }

    /// <summary>What the run has missed for good, for people; null when nothing was. A source that keeps our place never has a gap.</summary>
    string? Gap { get; }

    /// <summary>
    /// The batches, not yet numbered, each with one lease that passes to the reader. Ends only by cancellation or error. Bounded: the source
    /// is not read further than a few batches ahead of the reader.
    /// </summary>
    /// <exception cref="Errors.DetectorException">The connection or the source failed.</exception>
    IAsyncEnumerable<EventBatch> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Tells the source that everything below a position may be forgotten. Thread safe, does not wait; positions never go back.</summary>
    /// <param name="position">From a <see cref="PositionMark"/> of this detector, persisted before.</param>
    void Confirm(Position position);

    /// <summary>Sends the last confirmation and closes the connection in order.</summary>
    Task CloseAsync(CancellationToken cancellationToken);
}
