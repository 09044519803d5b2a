namespace Orleans.Embedded.Serialization;

/// <summary>For types whose values never change: numbers, strings, identities, exceptions.</summary>
internal sealed class SharedCopier : TypeCopier
{
    public static readonly SharedCopier Instance = new();

    public override bool IsShared(bool isLocal) => true;

    public override object Copy(object value, CopyPass pass) => value;
}
