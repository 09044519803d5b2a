using System.Runtime.CompilerServices;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal.Session;

/// <summary>A started stream of a slot.</summary>
/// <param name="connection">The connection; owned.</param>
/// <param name="pump">Reads the stream.</param>
/// <param name="status">Answers the server.</param>
/// <param name="origin">Where reading starts.</param>
/// <param name="handOver">Remembers each batch at the moment when it is given out, and not before: what is lost with the session comes again.</param>
internal sealed class WalSession(
    ReplicationConnection connection, StreamPump pump, StatusSender status, DetectorCheckpoint origin, Action<EventBatch> handOver) : IDetectorSession
{
    private int _closed;
    private int _disposed;

    public DetectorCheckpoint Origin => origin;

    public required string? Gap { get; init; }

    public void Start()
    {
        status.Start();
        pump.Start();
    }

    public async IAsyncEnumerable<EventBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in pump.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            handOver(batch);
            yield return batch;
        }
    }

    public void Confirm(Position position) => status.Confirm(Lsn.Parse(position.Value));

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;

        // In this order: behind the end of the stream the server would not look at the last confirmation any more.
        await Task.Run(status.Stop, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        pump.Close();
        status.AskForReply();
        await pump.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        pump.Close();
        connection.Dispose();
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            status.Stop();

        await pump.Ended.ConfigureAwait(false);
        while (pump.Batches.TryRead(out var batch))
            batch.Release();
        pump.Dispose();
    }
}
