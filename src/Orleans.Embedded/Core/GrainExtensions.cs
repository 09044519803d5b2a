using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        var reference = ReferenceOf(grain);
        return reference is TGrainInterface same
            ? same
            : (TGrainInterface)(object)reference.Node.CreateReference(typeof(TGrainInterface), reference.GrainId);
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain)
    {
        var id = grain.GetGrainId();
        return long.TryParse(id.Key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {id}");
    }

    private static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase activated => activated.GrainContext.GrainReference,
            _ => throw new ArgumentException($"{grain.GetType().FullName} is neither a grain nor a grain reference.", nameof(grain)),
        };
    }
}
