namespace Orleans.Embedded.Calls;

/// <summary>Is told that a request which was started has ended.</summary>
internal interface IRequestEnd
{
    void OnEnded(GrainCall call);
}
