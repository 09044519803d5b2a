using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PgCdc.Engine.Configuration;

/// <summary>A rule that the value of one option must hold.</summary>
/// <param name="Text">The rule for <c>describe</c>, such as <c>min:1</c>.</param>
/// <param name="Check">Gives the end of a sentence that starts with the value, or null when the rule holds.</param>
internal sealed record ParameterRule(string Text, Func<object, string?> Check)
{
    /// <summary>The rules that an attribute of a property states; being required is not among them.</summary>
    public static IEnumerable<ParameterRule> From(ValidationAttribute attribute) => attribute switch
    {
        RequiredAttribute or MinLengthAttribute { Length: 1 } => [],
        RangeAttribute range => FromRange(range),
        AllowedValuesAttribute allowed => [OneOf([.. allowed.Values.Where(value => value is not (null or "")).Select(ParameterType.Write)])],
        UrlAttribute => [new ParameterRule("url", value => IsUrl(ParameterType.Write(value)) ? null : "is not a URL")],
        _ => throw new NotSupportedException($"{attribute.GetType().Name} on an option has no meaning here; write the rule in IValidatableObject.Validate."),
    };

    public static ParameterRule OneOf(IReadOnlyList<string> choices) => new(
        $"oneof:{string.Join(',', choices)}",
        value => ParameterType.Write(value) is var text && (text.Length == 0 || choices.Contains(text))
            ? null
            : $"is not one of {string.Join(", ", choices)}");

    private static IEnumerable<ParameterRule> FromRange(RangeAttribute range)
    {
        var (low, high) = (Limit(range, range.Minimum), Limit(range, range.Maximum));
        yield return Bound("min", low, value => Compare(value, low) < 0 || (range.MinimumIsExclusive && Compare(value, low) == 0), "below the minimum");
        if (!IsOpen(high)) yield return Bound("max", high, value => Compare(value, high) > 0, "above the maximum");
    }

    private static ParameterRule Bound(string name, object limit, Func<object, bool> fails, string text) =>
        new($"{name}:{ParameterType.Write(limit)}", value => fails(value) ? $"is {text} {ParameterType.Write(limit)}" : null);

    private static object Limit(RangeAttribute range, object limit) => limit switch
    {
        string text when range.OperandType == typeof(TimeSpan) => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
        string text => Convert.ChangeType(text, range.OperandType, CultureInfo.InvariantCulture),
        _ => limit,
    };

    private static int Compare(object value, object limit) => value is TimeSpan
        ? ((IComparable)value).CompareTo(limit)
        : Convert.ToDecimal(value, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(limit, CultureInfo.InvariantCulture));

    private static bool IsOpen(object limit) => limit is int.MaxValue or long.MaxValue or double.MaxValue || (limit is TimeSpan span && span == TimeSpan.MaxValue);

    private static bool IsUrl(string text) => text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out _);
}
