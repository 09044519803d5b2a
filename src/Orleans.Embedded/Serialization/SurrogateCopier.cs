namespace Orleans.Embedded.Serialization;

/// <summary>Carries a type through its surrogate, converting there and back as between two processes.</summary>
internal sealed class SurrogateCopier : TypeCopier
{
    private readonly Conversion _conversion;
    private readonly bool _isImmutable;

    public SurrogateCopier(Type type, Type converter)
    {
        var implemented = converter.GetInterfaces().First(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConverter<,>) && i.GetGenericArguments()[0] == type);
        _conversion = (Conversion)Activator.CreateInstance(
            typeof(Conversion<,>).MakeGenericType(implemented.GetGenericArguments()), Activator.CreateInstance(converter))!;
        _isImmutable = type.IsDefined(typeof(ImmutableAttribute), inherit: false);
    }

    public override bool IsShared(bool isLocal) => isLocal && _isImmutable;

    public override object Copy(object value, CopyPass pass) => _conversion.Copy(value, pass);

    private abstract class Conversion
    {
        public abstract object Copy(object value, CopyPass pass);
    }

    private sealed class Conversion<TValue, TSurrogate>(IConverter<TValue, TSurrogate> converter) : Conversion
        where TSurrogate : struct
    {
        public override object Copy(object value, CopyPass pass)
        {
            var surrogate = (TSurrogate)pass.Copy(converter.ConvertToSurrogate((TValue)value))!;
            return converter.ConvertFromSurrogate(surrogate)!;
        }
    }
}
