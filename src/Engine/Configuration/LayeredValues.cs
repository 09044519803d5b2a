namespace PgCdc.Engine.Configuration;

/// <summary>Where values come from, the strongest first: flag, environment variable, file. Immutable.</summary>
public sealed class LayeredValues
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _flags;
    private readonly Func<string, string?> _environment;
    private readonly YamlFile _file;

    /// <param name="flags">Flags given, by name with dashes, each with the values of all its occurrences.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="file">The configuration file.</param>
    public LayeredValues(IReadOnlyDictionary<string, IReadOnlyList<string>> flags, Func<string, string?> environment, YamlFile file)
    {
        _flags = flags;
        _environment = environment;
        _file = file;
    }

    /// <summary>The strongest value of an option, or null when its default applies.</summary>
    public ConfiguredValue? Find(ParameterSpec parameter) =>
        FromFlag(parameter) ?? FromEnvironment(parameter.Key) ?? FromFile(parameter.Key);

    /// <summary>Values of a flag as they were given; empty when it was not.</summary>
    internal IReadOnlyList<string> Flag(string name) => _flags.GetValueOrDefault(name) ?? [];

    /// <summary>Settings of the file below a section.</summary>
    internal IEnumerable<YamlSetting> Section(string section) =>
        _file.Settings.Where(setting => setting.Key.StartsWith(section + ".", StringComparison.Ordinal));

    /// <summary>Says which keys of the file no option has, and which hold a list where one value belongs.</summary>
    internal IEnumerable<string> FileProblems(IReadOnlyDictionary<string, ParameterSpec> known, string openSection)
    {
        foreach (var setting in _file.Settings)
        {
            if (setting.Key.StartsWith(openSection + ".", StringComparison.Ordinal)) continue;
            if (!known.TryGetValue(setting.Key, out var parameter)) yield return $"{setting.Key}: unknown key{Suggestion.Text(setting.Key, known.Keys)} ({setting.Origin})";
            else if (setting.IsList && !parameter.IsList) yield return $"{setting.Key}: takes one value, not a list ({setting.Origin})";
        }
    }

    private ConfiguredValue? FromFlag(ParameterSpec parameter)
    {
        if (parameter.Flag is not { } flag || !_flags.TryGetValue(flag, out var given)) return null;
        return new ConfiguredValue(parameter.IsList ? string.Join(',', given) : given[^1], flag);
    }

    // An empty variable counts as not set, as shells make it hard to tell them apart.
    private ConfiguredValue? FromEnvironment(string key)
    {
        var name = ParameterNames.EnvironmentVariable(key);
        return _environment(name) is { Length: > 0 } text ? new ConfiguredValue(text, name) : null;
    }

    private ConfiguredValue? FromFile(string key) =>
        _file.Find(key) is { } setting ? new ConfiguredValue(setting.Text, setting.Origin) : null;
}
