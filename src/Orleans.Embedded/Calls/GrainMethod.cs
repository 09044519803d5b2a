using System.Reflection;
using Orleans.Concurrency;
using Orleans.Embedded.Serialization;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>What the host knows about one method of a grain interface, worked out once.</summary>
internal abstract class GrainMethod
{
    private readonly MethodInvoker _invoker;
    private readonly bool[] _isImmutable;
    private readonly bool _isResultImmutable;

    protected GrainMethod(MethodInfo method)
    {
        var parameters = method.GetParameters();
        _invoker = MethodInvoker.Create(method);
        _isImmutable = [.. parameters.Select(static p => p.IsDefined(typeof(ImmutableAttribute)))];
        _isResultImmutable = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsOneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        CancellationIndex = Array.FindIndex(parameters, static p => p.ParameterType == typeof(CancellationToken));
    }

    public string Name { get; }

    public bool IsAlwaysInterleave { get; }

    public bool IsReadOnly { get; }

    public bool IsOneWay { get; }

    public TimeSpan? Timeout { get; }

    /// <summary>Index of the cancellation token among the parameters, or -1.</summary>
    public int CancellationIndex { get; }

    /// <summary>Sends a call; gives back what the caller of the proxy gets.</summary>
    public abstract object? Send(GrainReference reference, object?[] arguments);

    public object? Invoke(object target, object?[] arguments) => _invoker.Invoke(target, arguments.AsSpan());

    /// <summary>The callee may change its arguments without the caller noticing.</summary>
    public object?[] CopyArguments(object?[] arguments, WireCopier copier, WireBoundary boundary)
    {
        if (arguments.Length == 0)
            return arguments;
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            copies[i] = copier.Copy(arguments[i], boundary, _isImmutable[i]);
        return copies;
    }

    public TResult CopyResult<TResult>(MethodCall call, TResult result) =>
        (TResult)call.Sender.Cluster.Copier.Copy(result, call.ReturnBoundary, _isResultImmutable)!;
}
