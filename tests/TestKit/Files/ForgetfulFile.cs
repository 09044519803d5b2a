using PgCdc.Files;

namespace PgCdc.TestKit.Files;

internal sealed class ForgetfulFile(ForgetfulFileSystem files, ForgetfulFileNode node, string path, bool writable, int life) : IDurableFile
{
    private bool _disposed;

    public string Path => path;

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

    public void Sync() =>
        files.Step(life, FileOperation.Sync, path, () => Alive().Sync(), onFault: random => node.FailSync(random));

    public void Dispose() => _disposed = true;

    private ForgetfulFileNode Alive()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return node;
    }

    private ForgetfulFileNode ForWriting() => writable ? Alive() : throw new InvalidOperationException($"'{path}' was opened for reading.");
}
