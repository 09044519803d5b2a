using PgCdc.Errors;
using PgCdc.Files;

namespace PgCdc.Engine.State;

/// <summary>The folder of one pipeline, held by this process alone until disposed or until it dies.</summary>
public sealed class StateDirectory : IDisposable
{
    private readonly IFileLock _lock;

    private StateDirectory(StatePaths paths, IFileLock held)
    {
        Paths = paths;
        _lock = held;
    }

    public StatePaths Paths { get; }

    /// <summary>Creates what is missing of the folder, for this user only, and locks it.</summary>
    /// <exception cref="CheckpointException">Another process holds the folder, or it cannot be created or locked.</exception>
    public static StateDirectory Open(IFileSystem files, StatePaths paths)
    {
        try
        {
            Create(files, paths.Folder);
            return new StateDirectory(paths, files.TryLock(paths.Lock) ?? throw InUse(paths, files.ReadLockHolder(paths.Lock)));
        }
        catch (FileSystemException error)
        {
            throw new CheckpointException(
                error.IsDiskFull ? ErrorCode.DiskFull : ErrorCode.StateUnavailable,
                $"State directory '{paths.Folder}' of pipeline '{paths.Pipeline}' cannot be used: {error.Message}; see to that or choose another --state-dir.",
                error);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(IFileSystem files, string folder)
    {
        if (files.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder)!;
        Create(files, parent);
        files.CreateDirectory(folder, FileModes.OwnerOnlyDirectory);
        files.SyncDirectory(parent);
    }

    private static CheckpointException InUse(StatePaths paths, int? holder)
    {
        var who = holder is null ? "another process" : $"process {holder}";
        return new CheckpointException(
            ErrorCode.StateInUse,
            $"State directory '{paths.Folder}' of pipeline '{paths.Pipeline}' is in use by {who}; "
            + "stop it, or give this pipeline another pipeline_name or --state-dir.");
    }
}
