namespace PgCdc.Scenarios.Oracle;

internal sealed class Multiset
{
    private readonly Dictionary<string, int> _counts = [];

    public Multiset(IEnumerable<string> items)
    {
        foreach (var item in items)
            Add(item);
    }

    public int Count { get; private set; }

    public string First => _counts.Keys.First();

    public void Add(string item)
    {
        _counts[item] = _counts.GetValueOrDefault(item) + 1;
        Count++;
    }

    public bool TryRemove(string item)
    {
        if (!_counts.TryGetValue(item, out var count))
            return false;
        if (count == 1)
            _counts.Remove(item);
        else
            _counts[item] = count - 1;
        Count--;
        return true;
    }
}
