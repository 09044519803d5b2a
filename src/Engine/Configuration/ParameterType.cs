using System.Globalization;
using PgCdc.Configuration;

namespace PgCdc.Engine.Configuration;

/// <summary>How the text of one kind of option is read and written.</summary>
internal sealed class ParameterType
{
    private delegate object? Reader(string text);

    private static readonly ParameterType Text = new("string", "text", text => text);
    private static readonly ParameterType Hidden = new("secret", "text", text => new Secret(text));
    private static readonly ParameterType List = new("list", "a list", ListText.Parse);
    private static readonly ParameterType Flag = new("bool", "true or false", ReadBool);
    private static readonly ParameterType Duration = new("duration", "a duration such as 1h30m, 1.5s or 500ms", ReadDuration);
    private static readonly ParameterType Int32 = new("int", "a whole number", text => ReadNumber<int>(text, NumberStyles.AllowLeadingSign));
    private static readonly ParameterType Int64 = new("int", "a whole number", text => ReadNumber<long>(text, NumberStyles.AllowLeadingSign));
    private static readonly ParameterType Double = new("float", "a number", text => ReadNumber<double>(text, NumberStyles.Float));

    private readonly string _expected;
    private readonly Reader _read;

    private ParameterType(string name, string expected, Reader read)
    {
        Name = name;
        _expected = expected;
        _read = read;
    }

    /// <summary>Name for people: <c>string</c>, <c>int</c>, <c>duration</c>, ...</summary>
    public string Name { get; }

    /// <summary>Texts of an enumeration's values; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    public static ParameterType Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return OfEnum(plain);
        if (plain == typeof(string)) return Text;
        if (plain == typeof(bool)) return Flag;
        if (plain == typeof(int)) return Int32;
        if (plain == typeof(long)) return Int64;
        if (plain == typeof(double)) return Double;
        if (plain == typeof(TimeSpan)) return Duration;
        if (plain == typeof(Secret)) return Hidden;
        if (plain == typeof(IReadOnlyList<string>)) return List;
        throw new NotSupportedException($"An option cannot be of type {type}.");
    }

    /// <summary>Reads a text; the problem is the end of a sentence that starts with the text.</summary>
    public bool TryRead(string text, out object? value, out string problem)
    {
        value = _read(text);
        problem = value is null ? $"is not {_expected}" : "";
        return value is not null;
    }

    public static string Write(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan duration => GoDuration.Format(duration),
        IReadOnlyList<string> list => ListText.Format(list),
        Enum choice => ParameterNames.Separated(choice.ToString(), '-'),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static ParameterType OfEnum(Type type)
    {
        var names = Enum.GetNames(type).ToDictionary(name => ParameterNames.Separated(name, '-'), name => Enum.Parse(type, name));
        return new ParameterType("string", $"one of {string.Join(", ", names.Keys)}", text => names.GetValueOrDefault(text))
        {
            Choices = [.. names.Keys],
        };
    }

    private static object? ReadBool(string text) => text switch
    {
        "true" or "True" or "TRUE" or "1" or "yes" or "on" => true,
        "false" or "False" or "FALSE" or "0" or "no" or "off" => false,
        _ => null,
    };

    private static object? ReadDuration(string text) => GoDuration.TryParse(text, out var value) ? value : null;

    private static object? ReadNumber<T>(string text, NumberStyles style)
        where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) ? value : null;
}
