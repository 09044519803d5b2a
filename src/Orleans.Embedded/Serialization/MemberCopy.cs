using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Embedded.Serialization;

/// <summary>Makes an object of a type and fills the given fields; other members keep their default.</summary>
internal sealed class MemberCopy(Type type, FieldInfo[] fields)
{
    public object Copy(object value, CopyPass pass)
    {
        var copy = RuntimeHelpers.GetUninitializedObject(type);
        if (!type.IsValueType)
            pass.Remember(value, copy);
        foreach (var field in fields)
            field.SetValue(copy, pass.Copy(field.GetValue(value)));
        return copy;
    }
}
