namespace PgCdc.Configuration;

/// <summary>A pipeline as it is stored and sent to its grain: checked, with every default of the pipeline itself filled in. Immutable.</summary>
public sealed record PipelineDefinition
{
    /// <summary>Name of the pipeline; key of its grain and name of its state.</summary>
    public required string Name { get; init; }

    /// <summary>The source.</summary>
    public required ConnectorDefinition Detector { get; init; }

    /// <summary>The destinations; at least one, with different names.</summary>
    public required IReadOnlyList<ConnectorDefinition> Adapters { get; init; }

    /// <summary>What happens when an adapter does not keep up.</summary>
    public BusMode BusMode { get; init; } = BusMode.Reliable;

    /// <summary>Events that may wait for one adapter; above 0. Default: 16 batches of 1,024.</summary>
    public int BufferSize { get; init; } = 16 * 1024;

    /// <summary>How long a stop may drain; above 0. Default 5 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait before the first reconnect; it doubles with every failure. Default 5 s.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait before any reconnect. Default 60 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Channels per adapter name; an adapter that is not among the keys gets every event.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Routes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
