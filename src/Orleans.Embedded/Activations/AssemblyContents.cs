using System.Reflection;

namespace Orleans.Embedded.Activations;

/// <summary>Grain classes and converters of one assembly.</summary>
internal sealed class AssemblyContents
{
    public AssemblyContents(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            if (type is not { IsAbstract: false, IsInterface: false, ContainsGenericParameters: false })
                continue;
            if (typeof(IGrainBase).IsAssignableFrom(type))
                Classes.Add(new GrainClass(type));
            else if (type.IsDefined(typeof(RegisterConverterAttribute), inherit: false))
                Converters.AddRange(ConversionsOf(type));
        }
    }

    public List<GrainClass> Classes { get; } = [];

    public List<(Type Converted, Type Converter)> Converters { get; } = [];

    private static IEnumerable<(Type Converted, Type Converter)> ConversionsOf(Type converter) =>
        from implemented in converter.GetInterfaces()
        where implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IConverter<,>)
        select (implemented.GetGenericArguments()[0], converter);
}
