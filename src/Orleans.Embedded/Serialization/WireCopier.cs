using System.Collections.Concurrent;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Serialization;

/// <summary>
/// Gives the receiver of a call its own copy of a value. One rule: a value is copied unless its type cannot change or, on a
/// local call, it is marked <c>[Immutable]</c>. Across the border of a silo marked values are copied too, as if they had
/// been serialized, so that a type which cannot cross is found in a test.
/// </summary>
internal sealed class WireCopier(GrainCatalog catalog)
{
    private readonly ConcurrentDictionary<Type, TypeCopier> _copiers = new();

    public object? Copy(object? value, WireBoundary boundary, bool isMarkedImmutable = false)
    {
        if (value is null)
            return null;
        if (value is GrainReference reference)
            return Rebind(reference, boundary);
        if (isMarkedImmutable && boundary.IsLocal)
            return value;
        if (value is IGrainBase grain)
            throw new ArgumentException($"{grain.GetType()} is a grain object; pass AsReference of it.");
        return new CopyPass(this, boundary).Copy(value);
    }

    public TypeCopier CopierOf(Type type) => _copiers.GetOrAdd(type, static (t, catalog) => TypeCopiers.Create(t, catalog), catalog);

    public static object Rebind(GrainReference reference, WireBoundary boundary) =>
        boundary.IsLocal || ReferenceEquals(reference.Node, boundary.Receiver)
            ? reference
            : boundary.Receiver.CreateReference(reference.InterfaceType, reference.GrainId);
}
