namespace PgCdc.Engine.Configuration;

/// <summary>Says what a reload changes.</summary>
public static class RouteDifference
{
    /// <summary>For example <c>routes[webhook]: +pgcdc:a -pgcdc:b</c>; empty when nothing changes.</summary>
    public static string Text(IReadOnlyDictionary<string, IReadOnlyList<string>> before, IReadOnlyDictionary<string, IReadOnlyList<string>> after) =>
        string.Join("; ", from adapter in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
                          let change = Change(before.GetValueOrDefault(adapter) ?? [], after.GetValueOrDefault(adapter) ?? [])
                          where change.Length > 0
                          select $"routes[{adapter}]: {change}");

    private static string Change(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        string.Join(' ', after.Except(before).Select(channel => "+" + channel).Concat(before.Except(after).Select(channel => "-" + channel)));
}
