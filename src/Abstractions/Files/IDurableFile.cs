namespace PgCdc.Files;

/// <summary>
/// An open file. <see cref="Sync"/> may run beside <see cref="Write"/>; the other calls are made by one thread at a time.
/// </summary>
public interface IDurableFile : IDisposable
{
    /// <summary>The path it was opened by; a rename does not change it.</summary>
    string Path { get; }

    /// <summary>The size in bytes, as the file system sees it now.</summary>
    long Length { get; }

    /// <summary>Reads at an offset until the buffer is full or the file ends.</summary>
    /// <returns>The number of bytes read.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes at an offset. When it throws, any part of them may have been written.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Sets the size in bytes.</summary>
    void Truncate(long length);

    /// <summary>
    /// Makes everything written before the call durable. After a failure the kernel may have dropped the bytes and a second call may
    /// succeed without them: whoever needs them must write them again.
    /// </summary>
    void Sync();
}
