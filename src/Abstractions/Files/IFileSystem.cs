namespace PgCdc.Files;

/// <summary>
/// The operations on files that durable state is built from. Every call is synchronous because the kernel's is; every failure is a
/// <see cref="FileSystemException"/>. Nothing is durable before it was synced: a file's content by <see cref="IDurableFile.Sync"/>,
/// its name by <see cref="SyncDirectory"/>. Safe for concurrent use.
/// </summary>
public interface IFileSystem
{
    /// <summary>Opens a file. The caller owns the handle.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="opening">What to do when the file does or does not exist, and whether it may be written.</param>
    /// <param name="mode">Permissions of a file that is created.</param>
    IDurableFile Open(string path, FileOpening opening, UnixFileMode mode = FileModes.OwnerOnly);

    /// <summary>True when a file or directory of this name exists.</summary>
    bool Exists(string path);

    /// <summary>Creates a directory with these permissions; one that exists is left as it is. The parent must exist.</summary>
    void CreateDirectory(string path, UnixFileMode mode);

    /// <summary>The names (without the directory) in a directory, in ordinal order.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Renames a file and replaces an existing one, in one step that a crash cannot divide.</summary>
    void Rename(string source, string destination);

    /// <summary>Deletes a file; one that is absent is no error.</summary>
    void Delete(string path);

    /// <summary>Makes the creations, renames and deletions in a directory durable.</summary>
    void SyncDirectory(string directory);

    /// <summary>
    /// Takes the exclusive lock that a file stands for, creating the file when it is absent and writing the process id into it.
    /// The lock ends with the handle or with the process, however that dies.
    /// </summary>
    /// <returns>The lock, owned by the caller; null when somebody else holds it.</returns>
    IFileLock? TryLock(string path);

    /// <summary>The process id that the last holder wrote into a lock file; null when there is none to read.</summary>
    int? ReadLockHolder(string path);
}
