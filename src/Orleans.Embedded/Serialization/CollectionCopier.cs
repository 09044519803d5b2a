namespace Orleans.Embedded.Serialization;

/// <summary>Copies one collection type.</summary>
internal abstract class CollectionCopier<TCollection> : TypeCopier
    where TCollection : notnull
{
    public override bool IsShared(bool isLocal) => false;

    public override object Copy(object value, CopyPass pass) => Copy((TCollection)value, pass);

    protected abstract TCollection Copy(TCollection value, CopyPass pass);
}
