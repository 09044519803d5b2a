#pragma warning disable CA1032 // Only the host creates it.
namespace Orleans.Runtime;

/// <summary>The host could not deliver a call.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
