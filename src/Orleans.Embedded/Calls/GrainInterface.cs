using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Orleans.Embedded.Calls;

/// <summary>The methods of one grain interface, its bases included.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> Known = new();

    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods;

    private GrainInterface(Type type) =>
        _methods = type.GetInterfaces().Append(type).SelectMany(static t => t.GetMethods())
            .Where(static m => m is { IsAbstract: true, IsGenericMethod: false })
            .ToFrozenDictionary(static m => m, GrainMethods.Create);

    public static GrainInterface Of(Type type) => Known.GetOrAdd(type, static t => new GrainInterface(t));

    public GrainMethod this[MethodInfo method] => _methods[method];
}
