namespace Orleans;

/// <summary>A record between a grain and its storage.</summary>
public sealed class GrainState<T> : IGrainState<T>
{
    public GrainState()
    {
    }

    public GrainState(T? state)
        : this(state, null)
    {
    }

    public GrainState(T? state, string? eTag) => (State, ETag) = (state, eTag);

    public T? State { get; set; }

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
