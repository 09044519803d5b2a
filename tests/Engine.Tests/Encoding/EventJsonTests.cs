using System.Text.Json;
using PgCdc.Engine.Encoding;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Encoding;

public sealed class EventJsonTests
{
    [Fact]
    public void Lines_OfRandomBatches_GiveBackExactlyWhatWasCaptured()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var batch = new RandomChanges(new Random(seed)).Batch();
            var lines = EventJson.Lines(batch);
            Assert.Equal(batch.StoredCount, lines.Count);
            for (var stored = 0; stored < lines.Count; stored++)
            {
                using var line = JsonDocument.Parse(lines.Line(stored));
                CapturedEvent.AssertEqual(batch, batch[stored], line.RootElement);
            }

            batch.Release();
        }
    }

    [Fact]
    public void Lines_OneByOne_AreAllOfThemTogether()
    {
        var batch = new RandomChanges(new Random(3)).Batch();
        var lines = EventJson.Lines(batch);
        byte[] together = [.. Enumerable.Range(0, lines.Count).SelectMany(stored => lines.Line(stored).ToArray())];
        Assert.True(lines.All.Span.SequenceEqual(together));
        for (var stored = 0; stored < lines.Count; stored++)
            Assert.Equal(lines.Line(stored).Length - 1, lines.Line(stored).Span.IndexOf((byte)'\n'));

        Assert.Throws<ArgumentOutOfRangeException>(() => lines.Line(lines.Count));
        batch.Release();
    }

    [Fact]
    public void Lines_OfAnEmptyBatch_AreNone()
    {
        var batch = new ChangeScript().Build();
        Assert.Equal(0, EventJson.Lines(batch).Count);
        Assert.True(EventJson.Lines(batch).All.IsEmpty);
    }

    [Fact]
    public async Task Lines_AskedForAtOnce_AreMadeOnce()
    {
        for (var round = 0; round < 50; round++)
        {
            var batch = new RandomChanges(new Random(round)).Batch();
            using var start = new Barrier(4);
            var lines = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                return EventJson.Lines(batch.Numbered(1, 2, 3));
            })));
            Assert.All(lines, line => Assert.Same(lines[0], line));
            batch.Release();
        }
    }

    [Fact]
    public void Line_OfARowThatGrowsByEscaping_IsWhole()
    {
        var text = new string('\u0001', 1_000_000);
        var batch = new ChangeScript().Insert(SampleTables.Orders(), text, "1", null).Insert(SampleTables.Orders(), "new", "2", null).Build();
        using var line = JsonDocument.Parse(EventJson.Lines(batch).Line(0));
        Assert.Equal(text, line.RootElement.GetProperty("payload").GetProperty("row").GetProperty("state").GetString());
        Assert.EndsWith("\n", System.Text.Encoding.UTF8.GetString(EventJson.Lines(batch).Line(1).Span), StringComparison.Ordinal);
        batch.Release();
    }

    [Fact]
    public void Tuple_OfAnotherWidthThanItsTable_IsAnError()
    {
        var orders = SampleTables.Orders();
        foreach (var tuple in new byte[][] { TupleBytes.Of("new", "1"), TupleBytes.Of("new", "1", null, null), TupleBytes.Of("new", "1", "x")[..^1] })
        {
            var batch = new ChangeScript().Insert(orders, "new", "1", null).Change(Operation.Insert, orders, tuple, [], OldTuple.None).Build();
            var error = Assert.Throws<DetectorException>(() => EventJson.Lines(batch));
            Assert.Equal(
                "A row of table public.orders is not a tuple of 3 columns; the captured bytes are damaged or belong to another layout.", error.Message);
            Assert.Equal((ErrorCode.SourceProtocol, false), (error.Code, error.IsTransient));
            batch.Release();
        }
    }

    [Fact]
    public void Tuple_WithoutALayout_IsAnError()
    {
        var batch = new ChangeScript().Change(Operation.Begin, SampleTables.Orders(), TupleBytes.Of("1"), [], OldTuple.None).Build();
        var error = Assert.Throws<DetectorException>(() => EventJson.Lines(batch));
        Assert.Equal(
            $"The BEGIN event {EventId.Format(batch[0].Id)} carries a row without the layout of its table.", error.Message);
        batch.Release();
    }
}
