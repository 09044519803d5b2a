using PgCdc.Errors;

namespace PgCdc.Engine.State.Journaling;

/// <summary>Somebody else wrote the key since the caller read it; nothing was written.</summary>
public sealed class VersionConflictException(string key, long expected, long actual)
    : PgCdcException(ErrorCode.StateInUse, $"State '{key}' has version {actual} where {expected} was expected; somebody else wrote it.")
{
    public string Key { get; } = key;

    public long Expected { get; } = expected;

    /// <summary>The version that is stored; 0 when the key is absent.</summary>
    public long Actual { get; } = actual;
}
