using System.Runtime.CompilerServices;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.TestKit.Pipeline;

/// <summary>A connection of <see cref="MemoryDetector"/>.</summary>
internal sealed class MemorySession(MemoryDetector detector, DetectorCheckpoint origin) : IDetectorSession
{
    public DetectorCheckpoint Origin => origin;

    public string? Gap => null;

    public async IAsyncEnumerable<EventBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (detector.Reading is { } reading)
                await reading().WaitAsync(cancellationToken);

            var (batch, grown) = detector.Next(SourceLog.LsnOf(origin.Position));
            if (batch is null)
                await grown.WaitAsync(cancellationToken);
            else
                yield return batch;
        }
    }

    public void Confirm(Position position) => detector.Confirm(position);

    public Task CloseAsync(CancellationToken cancellationToken)
    {
        detector.Closed();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
