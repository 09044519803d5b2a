namespace PgCdc.Client.Cli.Commands.Playground;

internal sealed record PlaygroundOptions
{
    /// <summary>Database to play in; null: a private server is started.</summary>
    public string? Database { get; init; }

    /// <summary>Row changes per second.</summary>
    public required int Rate { get; init; }

    /// <summary>How long changes are generated; zero: until Ctrl-C.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether events stay off stdout.</summary>
    public bool Quiet { get; init; }
}
