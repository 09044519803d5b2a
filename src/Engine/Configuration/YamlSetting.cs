namespace PgCdc.Engine.Configuration;

/// <summary>A value of a file under its full key path.</summary>
internal sealed record YamlSetting(string Key, string Text, bool IsList, string Origin);
