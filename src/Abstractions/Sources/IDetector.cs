namespace PgCdc.Sources;

/// <summary>
/// Reads a source. One instance lives as long as a run and remembers what it gave out, so that after a lost connection the next session
/// continues behind the last event and repeats nothing. Used by one caller at a time.
/// </summary>
public interface IDetector : IAsyncDisposable
{
    /// <summary>Name of the producer as in event JSON, such as <c>wal_replication</c>.</summary>
    string Source { get; }

    /// <summary>Connects and makes every check that can refuse the start.</summary>
    /// <exception cref="Errors.DetectorException">The source could not be reached, or refuses; its disposition tells whether to try again.</exception>
    Task<IDetectorSession> ConnectAsync(DetectorStart start, CancellationToken cancellationToken);
}
