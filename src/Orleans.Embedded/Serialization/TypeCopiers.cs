using System.Collections.Frozen;
using System.Net;
using System.Numerics;
using Orleans.Embedded.Activations;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Embedded.Serialization;

/// <summary>Chooses how a type crosses a call.</summary>
internal static class TypeCopiers
{
    private static readonly FrozenSet<Type> NeverChange = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(Uri), typeof(Version), typeof(Type),
        typeof(IPAddress), typeof(IPEndPoint), typeof(CancellationToken), typeof(GrainId), typeof(GrainType), typeof(IdSpan),
        typeof(SiloAddress), typeof(TickStatus), typeof(object), typeof(System.Text.Rune), typeof(System.Globalization.CultureInfo),
    }.ToFrozenSet();

    public static TypeCopier Create(Type type, GrainCatalog catalog)
    {
        if (NeverChanges(type))
            return SharedCopier.Instance;
        if (type.IsArray)
            return new ArrayCopier(type.GetElementType()!);
        if (KnownCollection(type) is { } collection)
            return collection;
        if (ConverterOf(type, catalog) is { } converter)
            return new SurrogateCopier(type, converter);
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            return new MemberCopier(type);
        if (type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            return new ImmutableWithoutSerializer(type);
        throw NotFound(type);
    }

    public static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a copier for type {type}. Mark it [GenerateSerializer] with [Id] on its members, or register a converter.");

    private static bool NeverChanges(Type type) =>
        type.IsPrimitive || type.IsEnum || NeverChange.Contains(type) || typeof(Type).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type);

    private static TypeCopier? KnownCollection(Type type)
    {
        if (!type.IsGenericType)
            return null;
        var definition = type.GetGenericTypeDefinition();
        return CollectionCopiers.KindOf(definition) is { } kind
            ? (TypeCopier)Activator.CreateInstance(kind.MakeGenericType(type.GetGenericArguments()))!
            : TupleCopier.IsTuple(definition) ? new TupleCopier(type) : null;
    }

    private static Type? ConverterOf(Type type, GrainCatalog catalog)
    {
        if (!catalog.Converters.ContainsKey(type))
            catalog.ScanNewAssemblies();
        return catalog.Converters.GetValueOrDefault(type);
    }

    /// <summary>An [Immutable] type without serializer is shared on a silo and cannot leave it.</summary>
    private sealed class ImmutableWithoutSerializer(Type type) : TypeCopier
    {
        public override bool IsShared(bool isLocal) => isLocal;

        public override object Copy(object value, CopyPass pass) => throw NotFound(type);
    }
}
