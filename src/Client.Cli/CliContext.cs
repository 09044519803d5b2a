using PgCdc.Connectors;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli;

/// <summary>What every command shares.</summary>
internal sealed class CliContext(IReadOnlyList<string> arguments)
{
    private readonly Lazy<ConnectorCatalog> _catalog = new(BuiltInConnectors.Catalog);

    public TextWriter Output { get; } = Console.Out;

    public TextWriter Errors { get; } = Console.Error;

    /// <summary>Scanned at first use: <c>version</c> must not pay for it.</summary>
    public ConnectorCatalog Catalog => _catalog.Value;

    /// <summary>Whether the arguments, or the line to complete among them, name a command; its flags are made only then.</summary>
    public bool Mentions(string command) => arguments.Any(argument => argument.Contains(command, StringComparison.Ordinal));
}
