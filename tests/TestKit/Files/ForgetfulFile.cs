using PgCdc.Files;

namespace PgCdc.TestKit.Files;

internal sealed class ForgetfulFile(ForgetfulFileSystem files, ForgetfulFileNode node, string path, bool writable, int life) : IDurableFile
{
    private bool _disposed;

    public string Path => path;

    /// <summary>Whether neither the handle nor its process has ended.</summary>
    public bool IsAlive => !_disposed && files.IsLiving(life);

    public long Length => files.Call(life, () => Alive().Length);

    public int Read(long offset, Span<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        var count = files.Call(life, () => Alive().Read(offset, bytes));
        bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        files.Step(life, FileOperation.Write, path, () => files.Write(ForWriting(), path, offset, copy));
    }

    public void Truncate(long length) =>
        files.Step(life, FileOperation.Truncate, path, () => files.Resize(ForWriting(), length));

    public void Sync()
    {
        files.BeforeSync?.Invoke();
        files.Step(life, FileOperation.Sync, path, () => Alive().Sync(), onFault: node.FailSync);
    }

    public bool TryLock() => files.Call(life, () => Alive().TryLock(this));

    public void Dispose() => _disposed = true;

    private ForgetfulFileNode Alive()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return node;
    }

    private ForgetfulFileNode ForWriting() => writable ? Alive() : throw new InvalidOperationException($"'{path}' was opened for reading.");
}
