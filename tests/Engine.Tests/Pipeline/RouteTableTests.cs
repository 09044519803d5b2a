using PgCdc.Engine.Pipeline;
using PgCdc.Events;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Engine.Tests.Pipeline;

public sealed class RouteTableTests
{
    private static readonly RouteTable s_table = new(7, new Dictionary<string, IReadOnlyList<string>>
    {
        ["orders"] = ["pgcdc:orders"],
        ["none"] = [],
        ["both"] = ["pgcdc:users", "pgcdc:orders", "pgcdc:never"],
    });

    private static readonly EventBatch s_batch = Batch("orders", "users", "orders", "users", "users").Numbered(1, 100, 7);

    [Theory]
    [InlineData("not routed")]
    [InlineData("both")]
    public void Select_EveryChannelWanted_IsTheBatchItself(string adapter) => Assert.Same(s_batch, s_table.Select(adapter, s_batch));

    [Fact]
    public void Select_SomeChannelsWanted_KeepsOrderAndSequences()
    {
        var selected = s_table.Select("orders", s_batch)!;

        Assert.Equal([100, 102], Enumerable.Range(0, selected.Count).Select(index => selected[index].Sequence));
        Assert.Equal((100, 105), (selected.FirstSequence, selected.EndSequence));
    }

    [Fact]
    public void Select_NothingWanted_IsNull()
    {
        Assert.Null(s_table.Select("none", s_batch));
        Assert.Null(s_table.Select("not routed", new EventBatchBuilder("memory").Build()));
    }

    [Fact]
    public void Select_OfASelection_SelectsFromIt()
    {
        var selected = s_table.Select("orders", s_batch.Select([1, 2, 4]))!;

        Assert.Equal([102], Enumerable.Range(0, selected.Count).Select(index => selected[index].Sequence));
    }

    private static EventBatch Batch(params string[] tables)
    {
        var log = new SourceLog();
        log.Commit(tables);
        var detector = new MemoryDetector(log, new AlwaysMost()) { BatchEvents = tables.Length };
        return detector.Next(0).Batch!;
    }

    private sealed class AlwaysMost : Random
    {
        public override int Next(int minValue, int maxValue) => maxValue - 1;
    }
}
