using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>A type crosses a call without <c>[GenerateSerializer]</c>, converter or being a type the host knows.</summary>
public sealed class CodecNotFoundException : OrleansException
{
    public CodecNotFoundException()
    {
    }

    public CodecNotFoundException(string message)
        : base(message)
    {
    }

    public CodecNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
