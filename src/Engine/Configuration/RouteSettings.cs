namespace PgCdc.Engine.Configuration;

/// <summary>Which channels each adapter gets: the file's <c>routes</c> section and the flag <c>--route adapter=ch1,ch2</c>.</summary>
public static class RouteSettings
{
    /// <summary>The flag; it may be repeated, and is not split at commas.</summary>
    public const string Flag = "--route";

    public const string Description = "Channels that an adapter gets, as adapter=channel1,channel2; every channel without a route.";

    internal const string Section = "routes";

    /// <summary>Reads the routes; for one adapter the flags win over the file.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(LayeredValues values, IReadOnlyCollection<string> adapters, List<string> problems)
    {
        var routes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var setting in values.Section(Section))
            Add(routes, setting.Key[(Section.Length + 1)..], ListText.Parse(setting.Text), setting.Origin, adapters, problems);

        var flagged = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var text in values.Flag(Flag)) AddFlag(flagged, text, adapters, problems);
        foreach (var (adapter, channels) in flagged) routes[adapter] = channels;
        return routes;
    }

    private static void AddFlag(Dictionary<string, IReadOnlyList<string>> routes, string text, IReadOnlyCollection<string> adapters, List<string> problems)
    {
        var separator = text.IndexOf('=', StringComparison.Ordinal);
        if (separator <= 0)
        {
            problems.Add($"{Flag}: '{text}' is not adapter=channel1,channel2");
            return;
        }

        Add(routes, text[..separator], ListText.Parse(text[(separator + 1)..]), Flag, adapters, problems);
    }

    private static void Add(
        Dictionary<string, IReadOnlyList<string>> routes,
        string adapter,
        IReadOnlyList<string> channels,
        string origin,
        IReadOnlyCollection<string> adapters,
        List<string> problems)
    {
        if (!adapters.Contains(adapter)) problems.Add($"{Section}.{adapter}: no such adapter in this pipeline{Suggestion.Text(adapter, adapters)} ({origin})");
        else if (channels.Count == 0 || channels.Contains("")) problems.Add($"{Section}.{adapter}: a channel name is empty ({origin})");
        else routes[adapter] = [.. routes.GetValueOrDefault(adapter) ?? [], .. channels];
    }
}
