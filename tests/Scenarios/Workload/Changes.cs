using static PgCdc.Scenarios.Workload.WorkloadTables;

namespace PgCdc.Scenarios.Workload;

/// <summary>Draws random statements. Keys come from a small range, so that writers meet on the same rows.</summary>
internal sealed class Changes(Random random)
{
    private const int Keys = 60;
    private static readonly string[] s_texts = ["plain", "it''s", "\"quoted\"", "tab\tand\nline", "<a&b>", "Größe €", "", "back\\slash", "\u2028"];
    private static readonly string[] s_regions = ["north", "south", "Übersee"];

    private readonly (int Weight, Func<Changes, Change> Draw)[] _kinds =
    [
        (14, changes => changes.InsertByKey()),
        (12, changes => changes.UpdateByKey()),
        (4, changes => changes.UpdateNote()),
        (5, changes => changes.MoveKey()),
        (6, changes => changes.DeleteByKey()),
        (2, changes => changes.UpdateMany()),
        (8, changes => changes.InsertFull()),
        (8, changes => changes.UpdateFull()),
        (4, changes => changes.DeleteFull()),
        (6, changes => changes.InsertByIndex()),
        (6, changes => changes.UpdateByIndex()),
        (3, changes => changes.DeleteByIndex()),
        (6, changes => changes.InsertComposite()),
        (6, changes => changes.UpdateComposite()),
        (3, changes => changes.MoveComposite()),
        (3, changes => changes.DeleteComposite()),
        (8, changes => changes.InsertKeylessFull()),
        (5, changes => changes.UpdateKeylessFull()),
        (3, changes => changes.DeleteKeylessFull()),
        (6, changes => changes.InsertKeyless()),
        (4, changes => changes.InsertNoIdentity()),
        (1, changes => changes.InsertThousands()),
        (1, changes => changes.Truncate()),
    ];

    public Change Next()
    {
        var point = random.Next(_kinds.Sum(kind => kind.Weight));
        foreach (var (weight, draw) in _kinds)
        {
            if ((point -= weight) < 0)
                return draw(this);
        }
        throw new InvalidOperationException("The weights do not add up.");
    }

    private int Key => random.Next(Keys);

    private string Text => $"'{s_texts[random.Next(s_texts.Length)]}'";

    private string TextOrNull => random.Next(5) == 0 ? "NULL" : Text;

    private string Region => $"'{s_regions[random.Next(s_regions.Length)]}'";

    private string Amount => $"{random.Next(1_000_000)}.{random.Next(100):00}";

    private string Uuid => $"md5('{random.NextInt64()}')::uuid";

    /// <summary>Short, or of a size that PostgreSQL stores out of line.</summary>
    private string Note => random.Next(3) == 0
        ? $"(SELECT string_agg(md5(i::text || '{random.Next()}'), '') FROM generate_series(1, {random.Next(80, 600)}) i)"
        : TextOrNull;

    private Change InsertByKey() => new(
        $"INSERT INTO {ByKey.Name.Quoted} VALUES ({Key}, 1, {TextOrNull}, {Amount}, {random.Next(2)}::boolean, now(), {Note}) ON CONFLICT DO NOTHING");

    private Change UpdateByKey() => new(
        $"UPDATE {ByKey.Name.Quoted} SET version = version + 1, amount = {Amount}, name = {TextOrNull} WHERE id = {Key}");

    private Change UpdateNote() => new($"UPDATE {ByKey.Name.Quoted} SET version = version + 1, note = {Note} WHERE id = {Key}");

    private Change MoveKey()
    {
        var target = Key;
        return new($"""
            UPDATE {ByKey.Name.Quoted} SET version = version + 1, id = {target}
            WHERE id = {Key} AND NOT EXISTS (SELECT FROM {ByKey.Name.Quoted} WHERE id = {target})
            """);
    }

    private Change DeleteByKey() => new($"DELETE FROM {ByKey.Name.Quoted} WHERE id = {Key}");

    private Change UpdateMany() => new(
        $"UPDATE {ByKey.Name.Quoted} SET version = version + 1, active = NOT active WHERE id % 7 = {random.Next(7)}");

    private Change InsertFull() => new(
        $"INSERT INTO {Full.Name.Quoted} VALUES ({Key}, 1, random() * 1e10, ARRAY[{Text}, {Text}], {Note}) ON CONFLICT DO NOTHING");

    private Change UpdateFull() => new(
        $"UPDATE {Full.Name.Quoted} SET version = version + 1, ratio = {Amount}::float8 / 3 WHERE id IN ({Key}, {Key})");

    private Change DeleteFull() => new($"DELETE FROM {Full.Name.Quoted} WHERE id = {Key}");

    private Change InsertByIndex() => new(
        $"INSERT INTO {ByIndex.Name.Quoted} VALUES ({Key}, 'code {Key}', 1, jsonb_build_object('k', {Text}::text)) ON CONFLICT DO NOTHING");

    private Change UpdateByIndex()
    {
        var target = Key;
        return new($"""
            UPDATE {ByIndex.Name.Quoted} SET version = version + 1, id = {target}, body = 'null'
            WHERE code = 'code {Key}' AND NOT EXISTS (SELECT FROM {ByIndex.Name.Quoted} WHERE id = {target})
            """);
    }

    private Change DeleteByIndex() => new($"DELETE FROM {ByIndex.Name.Quoted} WHERE code = 'code {Key}'");

    private Change InsertComposite() => new($"""
        INSERT INTO {Composite.Name.Quoted} VALUES ({Region}, {Key}, 1, decode(md5('{Key}'), 'hex'), {Note}) ON CONFLICT DO NOTHING
        """);

    private Change UpdateComposite() => new(
        $"UPDATE {Composite.Name.Quoted} SET version = version + 1, \"select\" = NULL WHERE region = {Region} AND number = {Key}");

    private Change MoveComposite()
    {
        var (region, number) = (Region, Key);
        return new($"""
            UPDATE {Composite.Name.Quoted} SET version = version + 1, region = {region}, number = {number}
            WHERE region = {Region} AND number = {Key}
              AND NOT EXISTS (SELECT FROM {Composite.Name.Quoted} WHERE region = {region} AND number = {number})
            """);
    }

    private Change DeleteComposite() => new($"DELETE FROM {Composite.Name.Quoted} WHERE region = {Region} AND number = {Key}");

    /// <summary>Rows that are equal in every column are the point of a table without a key.</summary>
    private Change InsertKeylessFull() => new(
        $"INSERT INTO {KeylessFull.Name.Quoted} SELECT {Key}, {TextOrNull}, '{random.Next(3)} days' FROM generate_series(1, {random.Next(1, 4)})");

    private Change UpdateKeylessFull() => new($"""
        UPDATE {KeylessFull.Name.Quoted} SET b = {TextOrNull}
        WHERE ctid IN (SELECT ctid FROM {KeylessFull.Name.Quoted} WHERE a = {Key} LIMIT 2)
        """);

    private Change DeleteKeylessFull() => new(
        $"DELETE FROM {KeylessFull.Name.Quoted} WHERE ctid IN (SELECT ctid FROM {KeylessFull.Name.Quoted} WHERE a = {Key} LIMIT 1)");

    private Change InsertKeyless() => new($"INSERT INTO {Keyless.Name.Quoted} VALUES ({Key}, {TextOrNull}), ({Key}, NULL)");

    private Change InsertNoIdentity() => new($"INSERT INTO {NoIdentity.Name.Quoted} (b) VALUES ({Uuid})");

    /// <summary>More than one batch of the engine in one transaction.</summary>
    private Change InsertThousands() => new(
        $"INSERT INTO {Keyless.Name.Quoted} SELECT i, md5(i::text) FROM generate_series(1, {random.Next(1_000, 3_000)}) i");

    private Change Truncate() => random.Next(2) == 0
        ? new($"TRUNCATE {ByKey.Name.Quoted}, {KeylessFull.Name.Quoted}", Events: 2)
        : new($"TRUNCATE {Keyless.Name.Quoted}", Events: 1);
}
