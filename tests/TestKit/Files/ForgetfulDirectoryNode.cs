namespace PgCdc.TestKit.Files;

internal sealed class ForgetfulDirectoryNode : ForgetfulNode
{
    private readonly List<Action<SortedDictionary<string, ForgetfulNode>>> _unsynced = [];
    private SortedDictionary<string, ForgetfulNode> _synced = new(StringComparer.Ordinal);

    public SortedDictionary<string, ForgetfulNode> Entries { get; private set; } = new(StringComparer.Ordinal);

    public void Set(string name, ForgetfulNode node) => Change(entries => entries[name] = node);

    public void Remove(string name) => Change(entries => entries.Remove(name));

    public void Rename(string source, string destination)
    {
        var node = Entries[source];
        Change(entries =>
        {
            entries.Remove(source);
            entries[destination] = node;
        });
    }

    public override void Sync()
    {
        foreach (var change in _unsynced)
            change(_synced);
        _unsynced.Clear();
    }

    public override void Crash(Random random)
    {
        foreach (var change in _unsynced)
        {
            if (random.Next(2) == 0)
                change(_synced);
        }

        _unsynced.Clear();
        Entries = new(_synced, StringComparer.Ordinal);
        foreach (var node in Entries.Values)
            node.Crash(random);
    }

    private void Change(Action<SortedDictionary<string, ForgetfulNode>> change)
    {
        change(Entries);
        _unsynced.Add(change);
    }
}
