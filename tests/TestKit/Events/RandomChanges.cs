using PgCdc.Events;

namespace PgCdc.TestKit.Events;

/// <summary>Batches with everything a batch can hold, from a seeded source of randomness.</summary>
public sealed class RandomChanges(Random random)
{
    private static readonly string[] s_awkward = ["\"", "\\", "<", ">", "&", "\n", "\t", "\b", "\f", "\0", "\u001f", "\u007f", "é", "€", "\u2028", "\u2029", "日本", "😀", "\ufffd"];

    public string Text(int most = 20)
    {
        var parts = Enumerable.Range(0, random.Next(most)).Select(_ => random.Next(3) == 0 ? s_awkward[random.Next(s_awkward.Length)] : Letters());
        return string.Concat(parts);
    }

    public TupleValue Value() => random.Next(8) switch
    {
        0 => TupleValue.Null,
        1 => TupleValue.Unchanged,
        _ => Text(),
    };

    public TupleValue[] Row(RelationSchema table) => [.. table.Columns.Select(_ => Value())];

    public RelationSchema Table(bool published)
    {
        var names = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Text(4)).Distinct().ToArray();
        var key = random.Next(names.Length);
        return new RelationSchema(
            (uint)random.Next(),
            random.Next(2) == 0 ? "public" : Text(4),
            Text(4),
            ReplicaIdentity.Default,
            [.. names.Select((name, place) => new ColumnSchema(name, (uint)random.Next(16, 4000), random.Next(-1, 100), place == key || random.Next(4) == 0))],
            published);
    }

    public EventBatch Batch(int events = 40)
    {
        var script = new ChangeScript(Text(4));
        var published = random.Next(2) == 0;
        var tables = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Table(published)).ToArray();
        for (uint xid = 1; events > 0; xid++)
        {
            script.Begin(xid, (ulong)random.NextInt64(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(1L << 50)), random.Next(2) == 0);
            for (var changes = random.Next(events + 1); changes > 0; changes--, events--)
                Change(script, tables[random.Next(tables.Length)]);

            if (random.Next(5) == 0)
                return script.Mark(Text(), (ulong)random.NextInt64()).Build();

            script.Commit();
            if (random.Next(5) == 0)
                events--;
        }

        return script.Build();
    }

    private void Change(ChangeScript script, RelationSchema table) => _ = random.Next(6) switch
    {
        0 => script.Update(table, Row(table)),
        1 => script.Update(table, Row(table), OldTuple.Key, Row(table)),
        2 => script.Update(table, Row(table), OldTuple.Full, Row(table)),
        3 => script.Delete(table, OldTuple.Key, Row(table)),
        4 => random.Next(2) == 0 ? script.Truncate(table) : script.Json(Operation.Insert, new ChannelName(Text(4)), "{\"a\":[1,2.50,\"<\"]}"u8),
        _ => script.Insert(table, Row(table)),
    };

    private string Letters() => ((char)random.Next('a', 'z' + 1)).ToString();
}
