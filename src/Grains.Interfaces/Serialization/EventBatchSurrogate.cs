using PgCdc.Events;
using PgCdc.Events.Serialization;

namespace PgCdc.Grains.Interfaces.Serialization;

/// <summary>Wire form of <see cref="EventBatch"/> on its way to another silo: one blob.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.event-batch")]
public struct EventBatchSurrogate
{
    /// <summary>The batch as <see cref="BatchBlob"/> writes it.</summary>
    [Id(0)]
    public byte[] Blob { get; set; }
}

/// <summary>Converts <see cref="EventBatch"/>; on the same silo a batch travels as a reference and is not converted.</summary>
[RegisterConverter]
public sealed class EventBatchConverter : IConverter<EventBatch, EventBatchSurrogate>
{
    /// <inheritdoc/>
    public EventBatch ConvertFromSurrogate(in EventBatchSurrogate surrogate) => BatchBlob.Read(surrogate.Blob);

    /// <inheritdoc/>
    public EventBatchSurrogate ConvertToSurrogate(in EventBatch value)
    {
        // A call that nobody waits for any more may be sent late, when the run has given its buffers back.
        if (!value.TryRetain())
            throw new ObjectDisposedException(nameof(EventBatch), "The batch was released before it was sent to another silo.");

        try
        {
            return new EventBatchSurrogate { Blob = BatchBlob.Write(value) };
        }
        finally
        {
            value.Release();
        }
    }
}
