using PgCdc.Connectors.Adapters.Stdout;
using PgCdc.Connectors.Tests.Adapters.File;
using PgCdc.Engine.Encoding;
using PgCdc.Errors;
using Xunit;

namespace PgCdc.Connectors.Tests.Adapters.Stdout;

public sealed class StdoutAdapterTests : IDisposable
{
    /// <summary>More than a pipe holds.</summary>
    private const int Padding = 200_000;

    private readonly OutputPipe _pipe = new();

    public void Dispose() => _pipe.Dispose();

    [Fact]
    public async Task Flush_ReaderIsSlow_WaitsForIt()
    {
        await using var adapter = new StdoutAdapter(_pipe.Output);
        var batch = NumberedLines.Batch(0, 1, Padding);
        var expected = EventJson.Lines(batch).All.ToArray();
        var flush = adapter.FlushAsync(batch, CancellationToken.None).AsTask();
        var read = new byte[expected.Length];
        var count = _pipe.Read(read);
        Assert.False(flush.IsCompleted);

        while (count < read.Length)
            count += _pipe.Read(read.AsSpan(count));

        await flush;
        Assert.Equal(expected, read);
    }

    [Fact]
    public async Task Flush_ReaderStandsStill_CanBeCancelledAndKeepsItsBytes()
    {
        await using var adapter = new StdoutAdapter(_pipe.Output);
        var batch = NumberedLines.Batch(0, 1, Padding);
        using var stop = new CancellationTokenSource();
        var flush = adapter.FlushAsync(batch, stop.Token).AsTask();
        Assert.True(_pipe.Read(new byte[1]) == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);
        batch.Release();
        Assert.True(batch.TryRetain(), "the blocked write holds a lease");
        batch.Release();
    }

    [Fact]
    public async Task Flush_ReaderIsGone_HaltsAndSaysSo()
    {
        await using var adapter = new StdoutAdapter(_pipe.Output);
        _pipe.CloseReader();

        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None));

        Assert.Equal(
            (Disposition.Halt, "The reader of stdout closed it; start the pipeline again with a reader that keeps reading."),
            (error.Disposition, error.Message));
    }
}
