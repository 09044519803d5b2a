namespace PgCdc.Client.Cli.Commands.Playground;

internal sealed record PlaygroundOptions
{
    /// <summary>Database to play in; null: a private server is started.</summary>
    public string? Database { get; init; }

    /// <summary>Row changes per second.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>How long changes are generated; zero: until Ctrl-C.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether events stay off stdout.</summary>
    public bool Quiet { get; init; }
}
