using System.Reflection;

namespace Orleans.Embedded.Serialization;

/// <summary>Copies tuples, field by field.</summary>
internal sealed class TupleCopier(Type type) : TypeCopier
{
    private readonly MemberCopy _members = new(type, type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));

    public static bool IsTuple(Type definition) =>
        definition.Namespace == "System"
        && (definition.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || definition.Name.StartsWith("Tuple`", StringComparison.Ordinal));

    public override bool IsShared(bool isLocal) => false;

    public override object Copy(object value, CopyPass pass) => _members.Copy(value, pass);
}
