namespace Orleans.Embedded.Serialization;

/// <summary>Copies arrays, element by element where elements can change.</summary>
internal sealed class ArrayCopier(Type elementType) : TypeCopier
{
    public override bool IsShared(bool isLocal) => false;

    public override object Copy(object value, CopyPass pass)
    {
        var original = (Array)value;
        var copy = (Array)original.Clone();
        pass.Remember(original, copy);
        if (elementType.IsPrimitive || elementType == typeof(string))
            return copy;
        if (copy.Rank != 1)
            throw TypeCopiers.NotFound(value.GetType());
        for (var i = 0; i < copy.Length; i++)
            copy.SetValue(pass.Copy(original.GetValue(i)), i);
        return copy;
    }
}
