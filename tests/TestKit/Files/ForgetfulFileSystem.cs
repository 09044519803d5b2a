using PgCdc.Files;

namespace PgCdc.TestKit.Files;

/// <summary>
/// A file system in memory that a crash treats as unkindly as POSIX allows: of what was not synced, an arbitrary part survives, torn at any
/// byte and in any order; names too are forgotten until their directory is synced. Can run out of space, fail any operation and crash at
/// the n-th one. Thread safe.
/// </summary>
public sealed class ForgetfulFileSystem : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly ForgetfulDirectoryNode _root = new();
    private readonly Dictionary<string, ForgetfulLock> _locks = new(StringComparer.Ordinal);
    private readonly Random _faults = new(1);
    private int _life;
    private bool _down;

    /// <summary>Space left in bytes; writes beyond it are cut short and fail.</summary>
    public long FreeBytes { get; set; } = long.MaxValue / 2;

    /// <summary>Operations made so far.</summary>
    public int Operations { get; private set; }

    /// <summary>The machine goes down instead of making this operation (counted as <see cref="Operations"/>).</summary>
    public int? CrashAt { get; set; }

    /// <summary>Looks at every operation before it is made; what it gives back is thrown instead.</summary>
    public Func<FileOperation, string, Exception?>? Fault { get; set; }

    /// <summary>Runs before every sync of a file, while other operations go on; may block.</summary>
    public Action? BeforeSync { get; set; }

    public IDurableFile Open(string path, FileOpening opening, UnixFileMode mode = FileModes.OwnerOnly)
    {
        ForgetfulFile? file = null;
        Step(_life, FileOperation.Open, path, () =>
        {
            var node = Find(path) switch
            {
                ForgetfulFileNode existing => existing,
                null when opening is FileOpening.OpenOrCreate or FileOpening.Truncate => CreateFile(path),
                null => throw Failure(FileError.NotFound, "open", path),
                _ => throw Failure(FileError.IsDirectory, "open", path),
            };
            if (opening is FileOpening.Truncate)
                Resize(node, 0);
            file = new ForgetfulFile(this, node, path, opening is not FileOpening.Read, _life);
        });
        return file!;
    }

    public bool Exists(string path) => Call(_life, () => Find(path) is not null);

    public void CreateDirectory(string path, UnixFileMode mode) => Step(_life, FileOperation.CreateDirectory, path, () =>
    {
        if (Find(path) is null)
            Parent(path).Set(Name(path), new ForgetfulDirectoryNode());
        else if (Find(path) is not ForgetfulDirectoryNode)
            throw Failure(FileError.NotDirectory, "create the directory", path);
    });

    public IReadOnlyList<string> List(string directory) => Call(_life, () => DirectoryAt(directory, "list").Entries.Keys.ToArray());

    public void Rename(string source, string destination) => Step(_life, FileOperation.Rename, source, () =>
    {
        if (!ReferenceEquals(Parent(source), Parent(destination)))
            throw new NotSupportedException("A rename into another directory is not simulated.");
        if (Find(source) is not ForgetfulFileNode)
            throw Failure(FileError.NotFound, "rename", source);
        if (Find(destination) is ForgetfulFileNode replaced)
            FreeBytes += replaced.Length;
        Parent(source).Rename(Name(source), Name(destination));
    });

    public void Delete(string path) => Step(_life, FileOperation.Delete, path, () =>
    {
        if (Find(path) is not ForgetfulFileNode file)
            return;
        FreeBytes += file.Length;
        Parent(path).Remove(Name(path));
    });

    public void SyncDirectory(string directory) =>
        Step(_life, FileOperation.SyncDirectory, directory, () => DirectoryAt(directory, "sync the directory").Sync());

    public IFileLock? TryLock(string path)
    {
        ForgetfulLock? taken = null;
        Step(_life, FileOperation.Lock, path, () =>
        {
            if (Find(path) is null)
                CreateFile(path);
            taken = new ForgetfulLock(this, path);
            if (!_locks.TryAdd(path, taken))
                taken = null;
        });
        return taken;
    }

    public int? ReadLockHolder(string path) => Call<int?>(_life, () => _locks.ContainsKey(path) ? Environment.ProcessId : null);

    /// <summary>The process dies and the machine lives: handles and locks are gone, what was written is there, still not synced.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _life++;
            _down = false;
            CrashAt = null;
            _locks.Clear();
        }
    }

    /// <summary>The machine loses power and starts again: handles and locks are gone, of what was not synced an arbitrary part is there.</summary>
    public void Crash(int seed)
    {
        lock (_gate)
        {
            Kill();
            _root.Crash(new Random(seed));
        }
    }

    /// <summary>The whole content of a file as programs see it now.</summary>
    public byte[] ReadAll(string path)
    {
        using var file = Open(path, FileOpening.Read);
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return bytes;
    }

    internal bool IsLiving(int life) => life == _life;

    internal T Call<T>(int life, Func<T> call)
    {
        lock (_gate)
        {
            ThrowIfDown(life);
            return call();
        }
    }

    internal void Step(int life, FileOperation operation, string path, Action step, Action<Random>? onFault = null)
    {
        lock (_gate)
        {
            ThrowIfDown(life);
            if (Operations++ == CrashAt)
            {
                _down = true;
                throw new SimulatedCrashException();
            }

            if (Fault?.Invoke(operation, path) is { } fault)
            {
                onFault?.Invoke(_faults);
                throw fault;
            }

            step();
        }
    }

    internal void Write(ForgetfulFileNode node, string path, long offset, byte[] bytes)
    {
        var growth = Math.Max(0, offset + bytes.Length - node.Length);
        var missing = (int)Math.Clamp(growth - FreeBytes, 0, bytes.Length);
        node.Write(offset, bytes.AsSpan(0, bytes.Length - missing));
        FreeBytes -= growth - missing;
        if (missing > 0)
            throw Failure(FileError.DiskFull, "write", path, "No space left on device");
    }

    internal void Resize(ForgetfulFileNode node, long length)
    {
        FreeBytes += node.Length - length;
        node.Truncate(length);
    }

    internal void Unlock(ForgetfulLock held)
    {
        lock (_gate)
        {
            if (_locks.TryGetValue(held.Path, out var holder) && ReferenceEquals(holder, held))
                _locks.Remove(held.Path);
        }
    }

    private static FileSystemException Failure(FileError error, string operation, string path, string? reason = null) =>
        new(error, operation, path, reason ?? error.ToString());

    private static string Name(string path) => Path.GetFileName(path);

    private void ThrowIfDown(int life)
    {
        if (_down || life != _life)
            throw new SimulatedCrashException();
    }

    private ForgetfulFileNode CreateFile(string path)
    {
        var node = new ForgetfulFileNode();
        Parent(path).Set(Name(path), node);
        return node;
    }

    private ForgetfulDirectoryNode Parent(string path) => DirectoryAt(Path.GetDirectoryName(path)!, "reach");

    private ForgetfulDirectoryNode DirectoryAt(string path, string operation) => Find(path) switch
    {
        ForgetfulDirectoryNode directory => directory,
        null => throw Failure(FileError.NotFound, operation, path),
        _ => throw Failure(FileError.NotDirectory, operation, path),
    };

    private ForgetfulNode? Find(string path)
    {
        ForgetfulNode? node = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = (node as ForgetfulDirectoryNode)?.Entries.GetValueOrDefault(name);
        return node;
    }
}
