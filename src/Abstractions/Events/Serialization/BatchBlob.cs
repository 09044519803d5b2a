namespace PgCdc.Events.Serialization;

/// <summary>An <see cref="EventBatch"/> as one array of bytes, for the trip to another silo. Nothing is kept in this form.</summary>
public static class BatchBlob
{
    /// <summary>First byte of a blob. It changes with the layout; silos of different layouts refuse each other's batches.</summary>
    internal const byte Version = 1;

    /// <summary>Writes a batch: all stored events, and which of them the view selects. The caller keeps its lease.</summary>
    /// <param name="batch">A leased batch.</param>
    public static byte[] Write(EventBatch batch) => BatchBlobWriter.Write(batch);

    /// <summary>Reads a batch.</summary>
    /// <param name="blob">Bytes from <see cref="Write"/>; copied.</param>
    /// <returns>A batch of which the caller holds the only lease.</returns>
    /// <exception cref="Errors.BatchFormatException">The bytes are not a batch.</exception>
    public static EventBatch Read(ReadOnlySpan<byte> blob) => BatchBlobReader.Read(blob);
}
