namespace PgCdc.TestKit.Files;

internal sealed class ForgetfulFileNode : ForgetfulNode
{
    private readonly List<FileChange> _unsynced = [];
    private readonly FileContent _seen = new();
    private readonly FileContent _synced = new();

    public int Length => _seen.Length;

    public int Read(long offset, Span<byte> buffer) => _seen.Read((int)offset, buffer);

    public void Write(long offset, ReadOnlySpan<byte> bytes) => Change(new FileChange((int)offset, bytes.ToArray()));

    public void Truncate(long length) => Change(new FileChange((int)length, Bytes: null));

    public override void Sync()
    {
        foreach (var change in _unsynced)
            change.ApplyTo(_synced);
        _unsynced.Clear();
    }

    /// <summary>What a failed fsync may do: some pages are written, the others are held for clean and never written.</summary>
    public void FailSync(Random random) => KeepSome(random);

    public override void Crash(Random random)
    {
        KeepSome(random);
        _seen.CopyFrom(_synced);
    }

    private void KeepSome(Random random)
    {
        foreach (var change in _unsynced)
            change.ApplyPartTo(_synced, random);
        _unsynced.Clear();
    }

    private void Change(FileChange change)
    {
        change.ApplyTo(_seen);
        _unsynced.Add(change);
    }
}
