using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events;

public sealed class EventBatchTests
{
    [Fact]
    public void Lease_AfterTheLastRelease_IsRefused()
    {
        var batch = TwoInserts();
        Assert.True(batch.TryRetain());
        batch.Release();
        Assert.True(batch.TryRetain());
        batch.Release();
        batch.Release();
        Assert.False(batch.TryRetain());
        Assert.False(batch.Numbered(1, 2, 3).TryRetain());
    }

    [Fact]
    public async Task Lease_TakenAndEndedByManyAtOnce_EndsOnce()
    {
        var encoding = new CountedEncoding();
        var batch = TwoInserts();
        batch.Encoding(_ => encoding);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 2_000 && batch.TryRetain(); round++)
                batch.Release();
        })));
        Assert.Equal(0, encoding.Disposals);
        batch.Release();
        Assert.Equal(1, encoding.Disposals);
    }

    [Fact]
    public void Views_OfABatch_ShareItsStorage()
    {
        var batch = TwoInserts();
        var numbered = batch.Numbered(epoch: 5, firstSequence: 100, configurationVersion: 2);
        var second = numbered.Select([1]);
        Assert.True(batch.Buffer.Overlaps(second.Buffer, out var distance) && distance == 0);
        Assert.Same(batch.Encoding(_ => new CountedEncoding()), second.Encoding(_ => new CountedEncoding()));
        Assert.Equal((5L, 100L, 102L, 2), (second.Epoch, second.FirstSequence, second.EndSequence, second.ConfigurationVersion));
        Assert.Equal((1, 2, false), (second.Count, second.StoredCount, second.IsWhole));
        Assert.Equal(101, second[0].Sequence);
        Assert.Throws<ArgumentOutOfRangeException>(() => second[1]);
        Assert.True(batch.IsWhole);
        batch.Release();
    }

    [Fact]
    public void Encoding_OfAnotherKind_IsRefused()
    {
        var batch = TwoInserts();
        batch.Encoding(_ => new CountedEncoding());
        var error = Assert.Throws<InvalidOperationException>(() => batch.Encoding(_ => new OtherEncoding()));
        Assert.Equal("The batch holds a CountedEncoding already and cannot hold a OtherEncoding too.", error.Message);
    }

    [Fact]
    public void Event_OfATransaction_TellsItsPlace()
    {
        var orders = SampleTables.Orders();
        var committed = new DateTime(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc);
        var batch = new ChangeScript()
            .Begin(771, 0x1000, committed)
            .Insert(orders, "new", "1", null)
            .Update(orders, ["paid", "2", null], OldTuple.Key, [null, "1", null])
            .Json(Operation.Commit, ChannelName.Transactions, "{}"u8)
            .Commit()
            .Build();
        Assert.Equal([new SortKey(0x1000, 1), new SortKey(0x1000, 2), new SortKey(0x1000, int.MaxValue)], Enumerable.Range(0, 3).Select(index => batch[index].SortKey));
        Assert.Equal(new ChannelName("pgcdc:orders"), batch[1].Channel);
        Assert.Same(orders, batch[1].Schema);
        Assert.Null(batch[2].Schema);
        Assert.Equal(committed, batch[0].CreatedAt.UtcDateTime);
        Assert.Equal(TupleBytes.Of("paid", "2", null), batch[1].Content.ToArray());
        Assert.Equal(TupleBytes.Of(null, "1", null), batch[1].OldContent.ToArray());
        Assert.True(batch[0].OldContent.IsEmpty);
    }

    private static EventBatch TwoInserts() =>
        new ChangeScript().Insert(SampleTables.Orders(), "new", "1", null).Insert(SampleTables.Orders(), "new", "2", null).Build();

    private sealed class CountedEncoding : IBatchEncoding
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }

    private sealed class OtherEncoding : IBatchEncoding
    {
        public void Dispose()
        {
        }
    }
}
