using PgCdc.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PgCdc.Engine.Configuration;

/// <summary>A configuration file as key paths and texts, each with the line it stands on.</summary>
public sealed class YamlFile
{
    private const int DeepestNesting = 32;

    private readonly string _name;
    private readonly Dictionary<string, YamlSetting> _settings = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private YamlFile(string name) => _name = name;

    /// <summary>No file: nothing is set.</summary>
    public static YamlFile Empty { get; } = new("");

    internal IEnumerable<YamlSetting> Settings => _settings.Values;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read or is no YAML.</exception>
    public static YamlFile Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"config file {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <inheritdoc cref="Read"/>
    public static YamlFile Parse(string name, string text)
    {
        var file = new YamlFile(name);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{file.Origin(e.Start)}: not valid YAML: {e.Message}");
        }

        if (yaml.Documents.Count > 0) file.AddRoot(yaml.Documents[0].RootNode);
        return file._problems.Count == 0 ? file : throw new ConfigurationException(file._problems);
    }

    /// <summary>Every scalar and list by full key path, lists as one text.</summary>
    public IReadOnlyDictionary<string, string> Texts => _settings.ToDictionary(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal);

    internal YamlSetting? Find(string key) => _settings.GetValueOrDefault(key);

    private void AddRoot(YamlNode root)
    {
        if (root is YamlMappingNode mapping) AddMapping("", mapping, 0);
        else if (root is not YamlScalarNode { Value: null or "" }) _problems.Add($"{Origin(root.Start)}: expected keys and values");
    }

    private void AddMapping(string prefix, YamlMappingNode mapping, int depth)
    {
        foreach (var (name, node) in mapping.Children) Add(prefix + (name as YamlScalarNode)?.Value, node, depth);
    }

    private void Add(string key, YamlNode node, int depth)
    {
        switch (node)
        {
            case YamlScalarNode scalar when IsNull(scalar):
                break;
            case YamlScalarNode scalar:
                _settings[key] = new YamlSetting(key, scalar.Value!, IsList: false, Origin(node.Start));
                break;
            case YamlSequenceNode sequence:
                _settings[key] = new YamlSetting(key, Text(key, sequence), IsList: true, Origin(node.Start));
                break;
            case YamlMappingNode mapping when depth < DeepestNesting:
                AddMapping(key + ".", mapping, depth + 1);
                break;
            default:
                _problems.Add($"{key}: nested too deep ({Origin(node.Start)})");
                break;
        }
    }

    private string Text(string key, YamlSequenceNode sequence)
    {
        var nested = sequence.FirstOrDefault(entry => entry is not YamlScalarNode);
        if (nested is not null) _problems.Add($"{key}: a list of plain values is expected ({Origin(nested.Start)})");
        return ListText.Format(sequence.OfType<YamlScalarNode>().Select(entry => entry.Value ?? ""));
    }

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null";

    private string Origin(Mark mark) => $"{_name}:{mark.Line}";
}
