using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events;

public sealed class EventBatchBuilderTests
{
    private static readonly TransactionInfo s_transaction = new()
    {
        Xid = 771,
        CommitLsn = 0x1000,
        CommitTimeTicks = DateTime.UnixEpoch.Ticks,
        First = 0,
        Count = 0,
        Begins = true,
        Ends = false,
    };

    [Fact]
    public void Transaction_OverABatchBorder_HasItsBoundsInBoth()
    {
        var builder = new EventBatchBuilder("wal_replication");
        Add(builder, -1);
        var index = builder.BeginTransaction(s_transaction);
        Add(builder, index);
        Add(builder, index);
        var first = builder.Build();

        index = builder.BeginTransaction(s_transaction with { Begins = false });
        Add(builder, index);
        builder.EndTransaction();
        Add(builder, -1);
        var second = builder.Build();

        Assert.Equal([s_transaction with { First = 1, Count = 2 }], first.Transactions);
        Assert.Equal([s_transaction with { First = 0, Count = 1, Begins = false, Ends = true }], second.Transactions);
        first.Release();
        second.Release();
    }

    [Fact]
    public void Transactions_SeveralInOneBatch_FollowEachOther()
    {
        var builder = new EventBatchBuilder("wal_replication");
        for (uint xid = 1; xid <= 3; xid++)
        {
            var index = builder.BeginTransaction(s_transaction with { Xid = xid });
            for (var change = 0; change < xid; change++)
                Add(builder, index);

            builder.EndTransaction();
        }

        var batch = builder.Build();
        Assert.Equal([(0, 1), (1, 2), (3, 3)], batch.Transactions.Select(transaction => (transaction.First, transaction.Count)));
        Assert.All(batch.Transactions, transaction => Assert.True(transaction.Ends));
        batch.Release();
    }

    [Fact]
    public void Builder_FilledByEvents_IsFullAtTheLimit()
    {
        var builder = new EventBatchBuilder("wal_replication");
        for (var count = 0; count < EventBatchBuilder.MaxEvents; count++)
        {
            Assert.False(builder.IsFull);
            Add(builder, -1);
        }

        Assert.True(builder.IsFull);
        builder.Clear();
        Assert.True(builder.IsEmpty);
    }

    [Fact]
    public void Builder_FilledByBytes_IsFullAtTheLimit()
    {
        var builder = new EventBatchBuilder("wal_replication");
        builder.Append(new byte[EventBatchBuilder.MaxBytes - 1]);
        Assert.False(builder.IsFull);
        builder.Append([0]);
        Assert.True(builder.IsFull);
    }

    [Fact]
    public void Builder_OfRandomPieces_KeepsEveryByte()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var builder = new EventBatchBuilder("wal_replication");
            var pieces = Enumerable.Range(0, 200).Select(_ => RandomBytes(random)).ToArray();
            var offsets = pieces.Select(piece => builder.Append(piece)).ToArray();
            var batch = builder.Build();
            for (var piece = 0; piece < pieces.Length; piece++)
                Assert.True(batch.Buffer.Slice(offsets[piece], pieces[piece].Length).SequenceEqual(pieces[piece]), $"piece {piece}, seed {seed}");

            batch.Release();
        }
    }

    [Fact]
    public void Builder_AfterBuild_StartsAnew()
    {
        var builder = new EventBatchBuilder("wal_replication");
        builder.Schema(SampleTables.Orders());
        builder.BeginTransaction(s_transaction);
        Add(builder, 0);
        builder.Mark(new Position("0/1"), 1);
        Assert.False(builder.IsEmpty);
        builder.Build().Release();

        var empty = builder.Build();
        Assert.Equal((0, 0, 0, 0), (empty.StoredCount, empty.Bytes, empty.Schemas.Count, empty.Transactions.Count));
        Assert.Null(empty.Mark);
        Assert.Empty(empty.Channels);
    }

    [Fact]
    public void Mark_SetTwice_TheLaterOneHolds()
    {
        var builder = new EventBatchBuilder("wal_replication");
        builder.Mark(new Position("0/1"), 1);
        Add(builder, -1);
        builder.Mark(new Position("0/2"), 2);
        var batch = builder.Build();
        Assert.Equal(new PositionMark(1, new Position("0/2"), 2), batch.Mark);
        batch.Release();
    }

    [Fact]
    public void Indexes_OfTheSameChannelOrSchema_AreReused()
    {
        var builder = new EventBatchBuilder("wal_replication");
        var orders = SampleTables.Orders();
        var (a, b) = (new ChannelName("a"), new ChannelName("b"));
        Assert.Equal((0, 1, 0), (builder.Channel(a), builder.Channel(b), builder.Channel(a)));
        Assert.Equal((0, 1, 0), (builder.Schema(orders), builder.Schema(SampleTables.Orders()), builder.Schema(orders)));
    }

    private static void Add(EventBatchBuilder builder, int transaction) => builder.Add(new EventHeader
    {
        Id = 1,
        CreatedAtTicks = 0,
        Channel = builder.Channel(ChannelName.Transactions),
        Schema = -1,
        Transaction = transaction,
        Operation = Operation.Insert,
    });

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }
}
