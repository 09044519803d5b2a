namespace PgCdc.Files;

/// <summary>A held lock; disposing it releases it.</summary>
public interface IFileLock : IDisposable
{
    /// <summary>The lock file.</summary>
    string Path { get; }
}
