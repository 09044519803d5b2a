using System.Globalization;
using PgCdc.Events;
using PgCdc.TestKit.Events;
using SortKey = PgCdc.Events.SortKey;

namespace PgCdc.TestKit.Pipeline;

/// <summary>The log of a made-up source: transactions with changes, in order. Outlives every connection and every run. Thread safe.</summary>
public sealed class SourceLog
{
    /// <summary>History of the log, <see cref="EventBatch.Lineage"/>.</summary>
    public const string Lineage = "memory/1";

    private const ulong Step = 100;

    private readonly Lock _gate = new();
    private readonly List<LoggedEvent> _events = [];
    private readonly Dictionary<SortKey, LoggedEvent> _byKey = [];
    private readonly Dictionary<string, RelationSchema> _tables = [];
    private TaskCompletionSource _grown = new();
    private ulong _end;

    /// <summary>Position behind the last transaction.</summary>
    public ulong End
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    public IReadOnlyList<LoggedEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public static Position At(ulong lsn) => new(lsn.ToString(CultureInfo.InvariantCulture));

    public static ulong LsnOf(Position position) => ulong.Parse(position.Value, CultureInfo.InvariantCulture);

    /// <summary>Commits a transaction with one change per table named.</summary>
    public ulong Commit(params IReadOnlyList<string> tables)
    {
        TaskCompletionSource grown;
        lock (_gate)
        {
            var commit = _end - (_end % Step) + Step;
            _end = commit + 10;
            for (var ordinal = 1; ordinal <= tables.Count; ordinal++)
                Add(new LoggedEvent(_events.Count, new SortKey(commit, ordinal), Table(tables[ordinal - 1]), Row(commit, ordinal), _end));

            (grown, _grown) = (_grown, new TaskCompletionSource());
        }

        grown.TrySetResult();
        return End;
    }

    public LoggedEvent Find(SortKey key)
    {
        lock (_gate)
            return _byKey[key];
    }

    /// <summary>The change behind a place, and a task that ends when there is one more; null for the end of the log.</summary>
    public (LoggedEvent? Event, Task Grown) After(SortKey key, ulong position)
    {
        lock (_gate)
            return (_events.Find(change => change.Key > key && change.EndLsn > position), _grown.Task);
    }

    private static byte[] Row(ulong commit, int ordinal) =>
        TupleBytes.Of($"{commit}", string.Join(',', Enumerable.Repeat($"row {ordinal} of {commit}", 1 + (int)(commit / Step % 5))));

    private void Add(LoggedEvent change)
    {
        _events.Add(change);
        _byKey.Add(change.Key, change);
    }

    private RelationSchema Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
            _tables[name] = table = new RelationSchema((uint)(16_400 + _tables.Count), "public", name, ReplicaIdentity.Default, Columns(), false);

        return table;
    }

    private static ColumnSchema[] Columns() => [new ColumnSchema("id", 20, -1, IsKey: true), new ColumnSchema("text", 25, -1, IsKey: false)];
}
