using PgCdc.Engine.Encoding;
using PgCdc.Events;
using PgCdc.Micro.Checkpoints;
using PgCdc.Micro.Pipeline;
using PgCdc.TestKit.Allocations;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Allocations;

public sealed class AllocationTests
{
    private const int Events = EventBatchBuilder.MaxEvents;
    private static readonly RelationSchema s_table = SampleTables.Wide();
    private static readonly DateTime s_committed = new(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc);

    [Fact]
    public void Json_OfInserts_StaysWithinItsBudget() =>
        CheckJson("json.insert", Script((script, row) => script.Insert(s_table, SampleTables.WideRow(row))));

    [Fact]
    public void Json_OfFullUpdates_StaysWithinItsBudget() => CheckJson(
        "json.update-full", Script((script, row) => script.Update(s_table, SampleTables.WideRow(row), OldTuple.Full, SampleTables.WideRow(row + 1))));

    [Fact]
    public void Json_OfOneRowTransactionsWithMarkers_StaysWithinItsBudget() => CheckJson(
        "json.one-row-transactions",
        Script((script, row) => (row % 3) switch
        {
            0 => script.Begin((uint)row, (ulong)row, s_committed.AddTicks(row), published: true).Json(Operation.Begin, ChannelName.Transactions, "{}"u8),
            1 => script.Insert(s_table, SampleTables.WideRow(row)),
            _ => script.Json(Operation.Commit, ChannelName.Transactions, "{}"u8).Commit(),
        }));

    [Fact]
    public void Ids_MadeAndFormatted_StayWithinTheirBudget()
    {
        var key = EventId.TransactionKey(1, 2, 3, 4);
        var text = new byte[EventId.TextLength];
        var ids = new UInt128[Events];
        AllocationBudget.Check("id.make", Events, () =>
        {
            for (var ordinal = 0; ordinal < Events; ordinal++)
                ids[ordinal] = EventId.Of(key, ordinal, 0, 1);
        });
        AllocationBudget.Check("id.format", Events, () =>
        {
            foreach (var id in ids)
                EventId.Format(id, text);
        });
        Assert.Equal(EventId.Format(ids[^1]), System.Text.Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void Tuples_Walked_StayWithinTheirBudget()
    {
        var tuple = TupleBytes.Of(SampleTables.WideRow(1));
        var columns = 0;
        AllocationBudget.Check("tuple.walk", Events, () =>
        {
            for (var row = 0; row < Events; row++)
            {
                var reader = new TupleReader(tuple);
                while (reader.Next())
                    columns++;
            }
        });
        Assert.Equal(0, columns % (Events * 8));
    }

    [Fact]
    public void Batches_BuiltAndReleased_StayWithinTheirBudget()
    {
        var builder = new EventBatchBuilder("wal_replication");
        var tuple = TupleBytes.Of(SampleTables.WideRow(1));
        AllocationBudget.Check("batch.build", Events, () =>
        {
            for (var row = 0; row < Events; row++)
                Add(builder, tuple);

            builder.Build().Release();
        });
    }

    [Fact]
    public void Acks_OfFullBatches_StayWithinTheirBudget()
    {
        var lap = new AckLap();
        AllocationBudget.Check("ack.batch", AckLap.Events, lap.Run);
        Assert.True(lap.LowWatermark > 0);
    }

    [Fact]
    public void Bus_WithTwoAdapters_StaysWithinItsBudget()
    {
        using var lap = new BusLap(Script((script, row) => script.Insert(s_table, SampleTables.WideRow(row))));
        AllocationBudget.Check("bus.batch", Events - (Events % 3), lap.Run);
        Assert.True(lap.LowWatermark > 0);
    }

    private static void Add(EventBatchBuilder builder, byte[] tuple) => builder.Add(new EventHeader
    {
        Id = 1,
        CreatedAtTicks = s_committed.Ticks,
        Channel = builder.Channel(s_table.Channel),
        Schema = builder.Schema(s_table),
        Transaction = -1,
        Offset = builder.Append(tuple),
        Length = tuple.Length,
        Operation = Operation.Insert,
    });

    private static void CheckJson(string name, EventBatch batch)
    {
        AllocationBudget.Check(name, batch.StoredCount, () => EventJson.Encode(batch).Dispose());
        batch.Release();
    }

    private static EventBatch Script(Func<ChangeScript, int, ChangeScript> change)
    {
        var script = new ChangeScript().Begin(771, 0x1000, s_committed);
        for (var row = 0; row < Events - (Events % 3); row++)
            change(script, row);

        return script.Build();
    }
}
