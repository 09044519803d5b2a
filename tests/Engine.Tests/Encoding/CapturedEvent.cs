using System.Text.Json;
using PgCdc.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Encoding;

/// <summary>What the JSON of an event must say, worked out from the event itself, column by column.</summary>
internal static class CapturedEvent
{
    private static readonly string[] s_members = ["id", "channel", "operation", "payload", "source", "created_at"];

    public static void AssertEqual(EventBatch batch, ChangeEvent change, JsonElement json)
    {
        var published = change.Transaction is { Published: true };
        Assert.Equal(published ? [.. s_members, "transaction"] : s_members, json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(EventId.Format(change.Id), json.GetProperty("id").GetString());
        Assert.Equal(change.Channel.Value, json.GetProperty("channel").GetString());
        Assert.Equal(OperationText.Of(change.Operation), json.GetProperty("operation").GetString());
        Assert.Equal(batch.Source, json.GetProperty("source").GetString());
        Assert.Equal(change.CreatedAt, json.GetProperty("created_at").GetDateTimeOffset());
        if (published)
            AssertTransaction(change, json.GetProperty("transaction"));

        if (change.Schema is { } schema)
            AssertPayload(change, schema, json.GetProperty("payload"));
        else
            Assert.Equal("{\"a\":[1,2.50,\"\\u003c\"]}", json.GetProperty("payload").GetRawText());
    }

    private static void AssertTransaction(ChangeEvent change, JsonElement json)
    {
        Assert.Equal(["xid", "commit_time", "seq"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(change.Transaction!.Xid, json.GetProperty("xid").GetUInt32());
        Assert.Equal(change.Transaction.CommitTimeTicks, json.GetProperty("commit_time").GetDateTimeOffset().UtcTicks);
        Assert.Equal(change.Header.Ordinal, json.GetProperty("seq").GetInt32());
    }

    private static void AssertPayload(ChangeEvent change, RelationSchema schema, JsonElement json)
    {
        AssertSorted(json);
        Assert.Equal(OperationText.Of(change.Operation), json.GetProperty("op").GetString());
        Assert.Equal(schema.Table, json.GetProperty("table").GetString());
        Assert.Equal(schema.Published, json.TryGetProperty("schema", out var name));
        Assert.True(!schema.Published || name.GetString() == schema.Schema);
        Assert.Equal(schema.Published, json.TryGetProperty("columns", out var columns));
        Assert.True(!schema.Published || columns.GetArrayLength() == schema.Columns.Count);

        var after = Columns(schema, change.Content, OldTuple.Full);
        var before = Columns(schema, change.OldContent, change.Header.Old);
        var unchanged = TakeUnchanged(after, before);
        AssertRow(change.Operation is Operation.Delete ? before : after, json.GetProperty("row"));
        AssertRow(change.Operation is Operation.Update ? before : null, json.GetProperty("old"));
        var named = json.TryGetProperty("_unchanged_toast_columns", out var names) ? names.EnumerateArray().Select(element => element.GetString()!) : [];
        Assert.Equal(unchanged, named);
    }

    private static Dictionary<string, (TupleColumn Kind, string? Text)>? Columns(RelationSchema schema, ReadOnlySpan<byte> tuple, OldTuple sent)
    {
        if (tuple.IsEmpty)
            return null;

        var columns = new Dictionary<string, (TupleColumn, string?)>();
        var reader = new TupleReader(tuple);
        foreach (var column in schema.Columns)
        {
            Assert.True(reader.Next());
            if (sent is OldTuple.Full || column.IsKey)
                columns[column.Name] = (reader.Kind, reader.Kind is TupleColumn.Text ? System.Text.Encoding.UTF8.GetString(reader.Value) : null);
        }

        return columns;
    }

    private static List<string> TakeUnchanged(
        Dictionary<string, (TupleColumn Kind, string? Text)>? after, Dictionary<string, (TupleColumn Kind, string? Text)>? before)
    {
        var unresolved = new List<string>();
        foreach (var (name, _) in (after ?? []).Where(column => column.Value.Kind is TupleColumn.Unchanged))
        {
            if (before is not null && before.TryGetValue(name, out var old) && old.Kind is not TupleColumn.Unchanged)
                after![name] = old;
            else
                unresolved.Add(name);
        }

        return unresolved;
    }

    private static void AssertRow(Dictionary<string, (TupleColumn Kind, string? Text)>? expected, JsonElement row)
    {
        if (expected is null)
        {
            Assert.Equal(JsonValueKind.Null, row.ValueKind);
            return;
        }

        AssertSorted(row);
        Assert.Equal(expected.ToDictionary(column => column.Key, column => column.Value.Text), row.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()));
    }

    private static void AssertSorted(JsonElement json)
    {
        var names = json.EnumerateObject().Select(member => System.Text.Encoding.UTF8.GetBytes(member.Name)).ToArray();
        for (var index = 1; index < names.Length; index++)
            Assert.True(names[index - 1].AsSpan().SequenceCompareTo(names[index]) < 0, "keys are not sorted by byte order");
    }
}
