using System.CommandLine;
using PgCdc.Configuration;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;

namespace PgCdc.Client.Cli.Flags;

/// <summary>The database of a command that needs nothing else of the configuration: <c>--db</c>, environment or file.</summary>
internal sealed class DatabaseFlag
{
    private const string Key = "database_url";

    private readonly CliContext _context;

    public DatabaseFlag(CliContext context)
    {
        _context = context;
        File.Recursive = true;
    }

    public Option<string> Option { get; } = new("--db") { Description = "PostgreSQL, as a URI or key=value pairs.", Recursive = true };

    public Option<string> File { get; } = ConfigurationFile.Flag();

    /// <exception cref="ConfigurationException">No database is named.</exception>
    public Secret Read(ParseResult parsed)
    {
        var parameter = PipelineConfiguration.Parameters(_context.Catalog)[Key];
        var flags = new Dictionary<string, IReadOnlyList<string>>();
        if (parsed.GetValue(Option) is { } given) flags[parameter.Flag!] = [given];
        var values = new LayeredValues(flags, Environment.GetEnvironmentVariable, ConfigurationFile.Read(parsed.GetValue(File)));
        return values.Find(parameter) is { Text.Length: > 0 } found ? new Secret(found.Text) : throw new ConfigurationException($"{Key} is required; set {parameter.Flag}");
    }
}
