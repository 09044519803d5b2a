namespace Orleans.Embedded.Serialization;

/// <summary>Copies values of one type.</summary>
internal abstract class TypeCopier
{
    /// <summary>True when both sides may hold the same object.</summary>
    public abstract bool IsShared(bool isLocal);

    public abstract object Copy(object value, CopyPass pass);
}
