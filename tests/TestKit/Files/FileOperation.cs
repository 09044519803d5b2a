namespace PgCdc.TestKit.Files;

/// <summary>The operations of a <see cref="ForgetfulFileSystem"/> that change something or make it durable.</summary>
public enum FileOperation
{
    Open,
    Write,
    Truncate,
    Sync,
    Rename,
    Delete,
    CreateDirectory,
    SyncDirectory,
    Lock,
}
