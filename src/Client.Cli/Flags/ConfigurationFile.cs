using System.CommandLine;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Flags;

/// <summary>Which file holds the configuration.</summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "pgcdc.yaml";

    public static Option<string> Flag() => new("--config") { Description = $"Configuration file (default ./{DefaultName}).", HelpName = "path" };

    /// <summary>Reads the named file, or the default one if it is there.</summary>
    /// <exception cref="Errors.ConfigurationException">The file cannot be read or is no YAML.</exception>
    public static YamlFile Read(string? named)
    {
        if (named is not null) return YamlFile.Read(named);
        return File.Exists(DefaultName) ? YamlFile.Read(DefaultName) : YamlFile.Empty;
    }
}
