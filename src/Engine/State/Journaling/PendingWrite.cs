using System.Runtime.ExceptionServices;

namespace PgCdc.Engine.State.Journaling;

/// <summary>A write that waits for its place in a group, or for the group's sync.</summary>
internal sealed class PendingWrite(string key, long expectedVersion, byte[]? value)
{
    private readonly TaskCompletionSource<bool> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _error;

    public string Key => key;

    public long ExpectedVersion => expectedVersion;

    /// <summary>Null for a deletion.</summary>
    public byte[]? Value => value;

    public int Size { get; } = FrameBuilder.SizeOf(key, value?.Length ?? 0);

    public long Version { get; set; }

    public bool IsRefused => _error is not null;

    /// <summary>Ends with true when this write's owner must commit the next group, with false when the write is done.</summary>
    public Task<bool> Turn => _turn.Task;

    public void Lead() => _turn.SetResult(true);

    /// <summary>Does nothing for the leader of the group, who does not wait.</summary>
    public void Complete() => _turn.TrySetResult(false);

    public void Fail(Exception error) => _error ??= error;

    public long Result()
    {
        if (_error is not null)
            ExceptionDispatchInfo.Throw(_error);
        return Version;
    }
}
