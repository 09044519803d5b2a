namespace Orleans.Embedded.Serialization;

/// <summary>Copies a <c>[GenerateSerializer]</c> type by its numbered members and, for records, its constructor parameters.</summary>
internal sealed class MemberCopier(Type type) : TypeCopier
{
    private readonly MemberCopy _members = new(type, [.. SerializedMembers.Of(type)]);
    private readonly bool _isImmutable = type.IsDefined(typeof(ImmutableAttribute), inherit: false);

    public override bool IsShared(bool isLocal) => isLocal && _isImmutable;

    public override object Copy(object value, CopyPass pass) => _members.Copy(value, pass);
}
