using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Storage;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Creates grain objects: parameters come from the activation, from storage or from the services.</summary>
internal sealed class GrainConstructor
{
    private readonly ConstructorInvoker _invoker;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainConstructor(Type type)
    {
        var constructor = Choose(type);
        _invoker = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(SourceOf)];
    }

    public object Construct(Activation activation)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = _arguments[i](activation);
        return _invoker.Invoke(arguments.AsSpan());
    }

    private static ConstructorInfo Choose(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.FirstOrDefault(static c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? (constructors.Length == 1
                ? constructors[0]
                : throw new InvalidOperationException($"{type} has {constructors.Length} public constructors; a grain class needs one."));
    }

    private static Func<Activation, object?> SourceOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } name)
            return PersistentStates.FactoryFor(type, name);
        if (type == typeof(IGrainContext))
            return static activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}
