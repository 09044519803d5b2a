using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A grain method with the type of its result.</summary>
internal abstract class GrainMethod<TResult>(MethodInfo method) : GrainMethod(method), IResultReader<TResult>
{
    public abstract Task<TResult> Read(object? returned);

    protected Task<TResult> SendCall(GrainReference reference, object?[] arguments)
    {
        var token = CancellationIndex < 0 ? CancellationToken.None : (CancellationToken)arguments[CancellationIndex]!;
        if (token.IsCancellationRequested)
            return Task.FromCanceled<TResult>(token);
        try
        {
            return reference.Node.Send(reference.GrainId, this, this, arguments, token);
        }
        catch (Exception error)
        {
            return Task.FromException<TResult>(error);
        }
    }
}
