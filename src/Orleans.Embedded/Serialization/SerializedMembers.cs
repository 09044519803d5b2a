using System.Reflection;

namespace Orleans.Embedded.Serialization;

/// <summary>Which fields of a type cross a call.</summary>
internal static class SerializedMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<FieldInfo> Of(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in OwnFieldsOf(level))
                yield return field;
        }
    }

    private static IEnumerable<FieldInfo> OwnFieldsOf(Type type)
    {
        var constructed = ConstructorPropertiesOf(type);
        var numbered = type.GetProperties(Own).Where(p => IsNumbered(p) || constructed.Contains(p.Name)).Select(BackingFieldOf);
        return type.GetFields(Own).Where(IsNumbered).Concat(numbered.OfType<FieldInfo>()).Distinct();
    }

    private static bool IsNumbered(MemberInfo member) => member.IsDefined(typeof(IdAttribute), inherit: false);

    private static FieldInfo? BackingFieldOf(PropertyInfo property) => property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Own);

    /// <summary>Records cross with the parameters of their primary constructor, numbered or not.</summary>
    private static HashSet<string> ConstructorPropertiesOf(Type type)
    {
        if (type.GetMethod("PrintMembers", Own) is null)
            return [];
        var primary = type.GetConstructors(Own)
            .Where(c => c.GetParameters() is { Length: > 0 } parameters && parameters[0].ParameterType != type)
            .Select(static c => c.GetParameters())
            .FirstOrDefault(parameters => Array.TrueForAll(parameters, p => HasAutoProperty(type, p)));
        return primary is null ? [] : [.. primary.Select(static p => p.Name!)];
    }

    private static bool HasAutoProperty(Type type, ParameterInfo parameter) =>
        type.GetProperty(parameter.Name!, Own) is { } property && property.PropertyType == parameter.ParameterType;
}
