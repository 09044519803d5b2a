using Orleans.Runtime;

namespace Orleans.Embedded.Serialization;

/// <summary>One copy of one object graph: an object that occurs twice is copied once.</summary>
internal sealed class CopyPass(WireCopier copiers, WireBoundary boundary)
{
    private Dictionary<object, object>? _copied;

    public bool IsLocal => boundary.IsLocal;

    public object? Copy(object? value)
    {
        if (value is null)
            return null;
        if (value is GrainReference reference)
            return WireCopier.Rebind(reference, boundary);
        var copier = copiers.CopierOf(value.GetType());
        if (copier.IsShared(boundary.IsLocal))
            return value;
        if (value.GetType().IsValueType)
            return copier.Copy(value, this);
        return _copied is not null && _copied.TryGetValue(value, out var known) ? known : CopyObject(value, copier);
    }

    /// <summary>Makes a copy known before its members are filled in, so that cycles close.</summary>
    public void Remember(object original, object copy) =>
        (_copied ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[original] = copy;

    private object CopyObject(object value, TypeCopier copier)
    {
        var copy = copier.Copy(value, this);
        Remember(value, copy);
        return copy;
    }
}
