using System.Text.Json;
using PgCdc.Engine.Encoding;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Events.Serialization;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Fuzz;

public sealed class EventFuzzTests
{
    [Fact]
    public void TupleReader_OfAnyBytes_StaysInside() => FuzzRun.Against("tuple", input =>
    {
        var reader = new TupleReader(input);
        while (reader.Next())
            Assert.True(reader.Value.IsEmpty || input.AsSpan().Overlaps(reader.Value));
    });

    /// <summary>A tuple of any bytes becomes a line of valid JSON, or the one error for broken tuples.</summary>
    [Fact]
    public void EventJson_OfAnyTuple_IsJsonOrRefused() => FuzzRun.Against("tuple", input =>
    {
        var orders = SampleTables.Orders(ReplicaIdentity.Full);
        AssertJson(new ChangeScript().Change(Operation.Insert, orders, input, [], OldTuple.None).Build());
        AssertJson(new ChangeScript().Change(Operation.Update, orders, input, input, OldTuple.Full).Build());
    });

    /// <summary>Text of any bytes becomes a JSON string that reads back as the same text with U+FFFD for what was not UTF-8.</summary>
    [Fact]
    public void EventJson_OfAnyText_IsJson() => FuzzRun.Against("json", input =>
    {
        var orders = SampleTables.Orders();
        AssertJson(new ChangeScript().Insert(orders, TupleValue.Raw(input), "1", null).Build());
    });

    /// <summary>A payload that is JSON stays the same JSON.</summary>
    [Fact]
    public void EventJson_OfAnyPayload_KeepsItsMeaning() => FuzzRun.Against("json", input =>
    {
        if (Parse(input) is not { } payload)
            return;

        var batch = new ChangeScript().Json(Operation.Insert, new ChannelName("jobs"), input).Build();
        using var line = JsonDocument.Parse(EventJson.Lines(batch).Line(0));
        Assert.True(JsonElement.DeepEquals(payload.RootElement, line.RootElement.GetProperty("payload")));
        payload.Dispose();
        batch.Release();
    });

    [Fact]
    public void BatchBlob_OfAnyBytes_IsReadOrRefused() => FuzzRun.Against("blob", input =>
    {
        try
        {
            AssertJson(BatchBlob.Read(input));
        }
        catch (BatchFormatException)
        {
            // The one way to refuse.
        }
    });

    private static void AssertJson(EventBatch batch)
    {
        try
        {
            var lines = EventJson.Lines(batch);
            for (var stored = 0; stored < lines.Count; stored++)
                AssertLine(lines.Line(stored), batch.Headers[stored].Content);
        }
        catch (DetectorException broken) when (broken.Code is ErrorCode.SourceProtocol)
        {
            // The one error for broken tuples.
        }

        batch.Release();
    }

    private static void AssertLine(ReadOnlyMemory<byte> line, EventContent content)
    {
        Assert.Equal(line.Length - 1, line.Span.IndexOf((byte)'\n'));
        Assert.True(System.Text.Unicode.Utf8.IsValid(line.Span));
        if (content is EventContent.Tuples)
            JsonDocument.Parse(line).Dispose();
    }

    /// <summary>The input as JSON; null when it is none, is not UTF-8, or holds a lone surrogate (<c>"\ud83d"</c>), which .NET parses but cannot compare.</summary>
    private static JsonDocument? Parse(byte[] input)
    {
        try
        {
            var json = JsonDocument.Parse(input);
            return System.Text.Unicode.Utf8.IsValid(input) && JsonElement.DeepEquals(json.RootElement, json.RootElement) ? json : null;
        }
        catch (Exception notComparable) when (notComparable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
