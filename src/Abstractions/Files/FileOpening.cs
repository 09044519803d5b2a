namespace PgCdc.Files;

/// <summary>How <see cref="IFileSystem.Open"/> opens a file.</summary>
public enum FileOpening
{
    /// <summary>Read only; the file must exist.</summary>
    Read,

    /// <summary>Read and write; the file must exist.</summary>
    ReadWrite,

    /// <summary>Read and write; created when absent.</summary>
    OpenOrCreate,

    /// <summary>Read and write; created, and emptied when it exists.</summary>
    Truncate,
}
