using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Activations;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Storage;

/// <summary>Makes the state objects that grain constructors ask for.</summary>
internal static class PersistentStates
{
    private static readonly MethodInfo Factory = typeof(PersistentStates).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Func<Activation, object?> FactoryFor(Type parameterType, PersistentStateAttribute name)
    {
        if (!parameterType.IsGenericType || parameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"[PersistentState] belongs on an IPersistentState<T>, not on {parameterType}.");
        var create = Factory.MakeGenericMethod(parameterType.GetGenericArguments())
            .CreateDelegate<Func<Activation, PersistentStateAttribute, object>>();
        return activation => create(activation, name);
    }

    private static object Create<TState>(Activation activation, PersistentStateAttribute name)
    {
        var state = new PersistentState<TState>(name.StateName, activation.GrainId, StorageFor(activation, name));
        activation.AddState(state);
        return state;
    }

    private static IGrainStorage StorageFor(Activation activation, PersistentStateAttribute name)
    {
        var storageName = name.StorageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        return activation.ActivationServices.GetKeyedService<IGrainStorage>(storageName)
            ?? throw new BadProviderConfigException(
                $"No storage provider named '{storageName}' is registered; grain type {activation.Class.Type} needs it for state '{name.StateName}'.");
    }
}
