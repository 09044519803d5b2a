namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Row changes per table and operation. One writer; readers may see it a little behind.</summary>
internal sealed class ChangeCounts
{
    private readonly Dictionary<(string Table, string Operation), long> _counts = [];
    private readonly Lock _lock = new();

    public long Total { get; private set; }

    public void Add(string table, string operation, long count)
    {
        lock (_lock)
        {
            _counts[(table, operation)] = _counts.GetValueOrDefault((table, operation)) + count;
            Total += count;
        }
    }

    public IReadOnlyDictionary<(string Table, string Operation), long> Snapshot()
    {
        lock (_lock)
            return new Dictionary<(string, string), long>(_counts);
    }
}
