using PgCdc.Engine.Encoding;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Events.Serialization;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events.Serialization;

public sealed class BatchBlobTests
{
    [Fact]
    public void Blob_OfRandomBatches_GivesTheSameBatchBack()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var batch = View(random, new RandomChanges(random).Batch());
            var read = BatchBlob.Read(BatchBlob.Write(batch));
            AssertEqual(batch, read, seed);
            batch.Release();
            read.Release();
        }
    }

    [Fact]
    public void Blob_OfAnEmptyBatchWithAMark_GivesTheMarkBack()
    {
        var batch = new ChangeScript().Mark("0/16B3748", 23_803_720).Build();
        var read = BatchBlob.Read(BatchBlob.Write(batch));
        Assert.Equal(new PositionMark(0, new Position("0/16B3748"), 23_803_720), read.Mark);
        Assert.Equal(0, read.Count);
    }

    [Fact]
    public void Blob_WithOneByteChangedAnywhere_IsReadOrRefused()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var blob = BatchBlob.Write(View(new Random(seed), new RandomChanges(new Random(seed)).Batch(events: 6)));
            for (var place = 0; place < blob.Length; place++)
            {
                foreach (byte flip in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
                {
                    blob[place] ^= flip;
                    ReadOrRefuse(blob);
                    blob[place] ^= flip;
                }
            }
        }
    }

    [Fact]
    public void Blob_CutAnywhere_IsRefused()
    {
        var blob = BatchBlob.Write(new RandomChanges(new Random(1)).Batch());
        for (var length = 0; length < blob.Length; length++)
            Assert.Throws<BatchFormatException>(() => BatchBlob.Read(blob.AsSpan(0, length)));
    }

    [Fact]
    public void Blob_FollowedByBytes_IsRefused()
    {
        var error = Assert.Throws<BatchFormatException>(() => BatchBlob.Read([.. BatchBlob.Write(new ChangeScript().Build()), 0]));
        Assert.Equal(
            "A batch of 67 bytes from another silo cannot be read: before byte 66, bytes follow its end. All silos must run the same release.",
            error.Message);
        Assert.Equal(ErrorCode.BatchUnreadable, error.Code);
    }

    [Fact]
    public void Blob_OfAnotherLayout_IsRefused()
    {
        var blob = BatchBlob.Write(new ChangeScript().Build());
        blob[0]++;
        var error = Assert.Throws<BatchFormatException>(() => BatchBlob.Read(blob));
        Assert.Contains("its layout is 2 instead of 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blob_ThatAnnouncesHugeCounts_AllocatesNothingLarge()
    {
        var blob = BatchBlob.Write(new RandomChanges(new Random(2)).Batch(events: 5));
        for (var place = 1; place + 4 <= blob.Length; place++)
        {
            var damaged = blob.ToArray();
            damaged.AsSpan(place, 4).Fill(0x7F);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadOrRefuse(damaged);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        }
    }

    private static void ReadOrRefuse(byte[] blob)
    {
        try
        {
            var batch = BatchBlob.Read(blob);
            foreach (ref readonly var header in batch.Headers)
                _ = batch.Buffer.Slice(header.Offset, header.Length).Length + batch.Buffer.Slice(header.OldOffset, header.OldLength).Length;

            batch.Release();
        }
        catch (BatchFormatException)
        {
            // The one way to refuse.
        }
    }

    private static EventBatch View(Random random, EventBatch batch)
    {
        var numbered = batch.Numbered(random.NextInt64(), random.NextInt64(), random.Next());
        return random.Next(2) == 0
            ? numbered
            : numbered.Select([.. Enumerable.Range(0, numbered.StoredCount).Where(_ => random.Next(2) == 0)]);
    }

    private static void AssertEqual(EventBatch expected, EventBatch actual, int seed)
    {
        Assert.True(expected.Headers.SequenceEqual(actual.Headers), $"headers differ, seed {seed}");
        Assert.True(expected.Buffer.SequenceEqual(actual.Buffer), $"buffers differ, seed {seed}");
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Epoch, actual.Epoch);
        Assert.Equal(expected.FirstSequence, actual.FirstSequence);
        Assert.Equal(expected.ConfigurationVersion, actual.ConfigurationVersion);
        Assert.Equal(expected.Mark, actual.Mark);
        Assert.Equal(expected.Channels, actual.Channels);
        Assert.Equal(expected.Transactions, actual.Transactions);
        Assert.Equivalent(expected.Schemas, actual.Schemas, strict: true);
        Assert.Equal(expected.IsWhole, actual.IsWhole);
        Assert.Equal(Selection(expected), Selection(actual));
        Assert.True(EventJson.Lines(expected).All.Span.SequenceEqual(EventJson.Lines(actual).All.Span), $"lines differ, seed {seed}");
    }

    private static int[] Selection(EventBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(batch.StoredIndex)];
}
