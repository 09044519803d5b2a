using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>Chooses the kind of <see cref="GrainMethod"/> by what a method returns.</summary>
internal static class GrainMethods
{
    public static GrainMethod Create(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task))
            return new TaskMethod(method);
        if (returned == typeof(ValueTask))
            return new ValueTaskMethod(method);
        if (returned == typeof(void))
            return new VoidMethod(method);
        return returned.IsGenericType && GenericKindOf(returned.GetGenericTypeDefinition()) is { } kind
            ? (GrainMethod)Activator.CreateInstance(kind.MakeGenericType(returned.GetGenericArguments()), method)!
            : throw new NotSupportedException($"{method.DeclaringType}.{method.Name} must return Task, Task<T>, ValueTask or ValueTask<T>.");
    }

    private static Type? GenericKindOf(Type definition) =>
        definition == typeof(Task<>) ? typeof(TaskMethod<>)
        : definition == typeof(ValueTask<>) ? typeof(ValueTaskMethod<>)
        : null;

    private static async Task<object?> WithoutResult(Task task)
    {
        await task;
        return null;
    }

    private sealed class TaskMethod(MethodInfo method) : GrainMethod<object?>(method)
    {
        private static readonly Task<object?> Done = Task.FromResult<object?>(null);

        public override Task<object?> Read(object? returned) =>
            returned is Task { IsCompletedSuccessfully: false } running ? WithoutResult(running) : Done;

        public override object Send(GrainReference reference, object?[] arguments) => SendCall(reference, arguments);
    }

    private sealed class ValueTaskMethod(MethodInfo method) : GrainMethod<object?>(method)
    {
        public override Task<object?> Read(object? returned) => WithoutResult(((ValueTask)returned!).AsTask());

        public override object Send(GrainReference reference, object?[] arguments) => new ValueTask(SendCall(reference, arguments));
    }

    private sealed class VoidMethod(MethodInfo method) : GrainMethod<object?>(method)
    {
        public override Task<object?> Read(object? returned) => Task.FromResult<object?>(null);

        public override object? Send(GrainReference reference, object?[] arguments)
        {
            SendCall(reference, arguments);
            return null;
        }
    }

    private sealed class TaskMethod<TResult>(MethodInfo method) : GrainMethod<TResult>(method)
    {
        public override Task<TResult> Read(object? returned) => (Task<TResult>)returned!;

        public override object Send(GrainReference reference, object?[] arguments) => SendCall(reference, arguments);
    }

    private sealed class ValueTaskMethod<TResult>(MethodInfo method) : GrainMethod<TResult>(method)
    {
        public override Task<TResult> Read(object? returned) => ((ValueTask<TResult>)returned!).AsTask();

        public override object Send(GrainReference reference, object?[] arguments) =>
            new ValueTask<TResult>(SendCall(reference, arguments));
    }
}
